package dev.aquifer.service.tenant;

/**
 * Somebody who shares the node with others.
 *
 * @param name shown in metrics and errors; caches are kept apart by it
 * @param weight share of the workers' time against other tenants that have work, 1 to 1,000
 * @param maxFragments fragments that may run at once
 * @param maxMemoryBytes work memory of all its fragments together
 * @param cachePercent the most of each cache tier that its blocks may take, 1 to 100
 * @param locations where it may read, of what the node lets anybody read
 */
public record Tenant(
        String name, int weight, int maxFragments, long maxMemoryBytes, int cachePercent, Locations locations) {
    public static final int MAX_WEIGHT = 1_000;

    /** The one tenant of a node without a tenants file: no caps of its own, only the node's. */
    public static final Tenant DEFAULT =
            new Tenant("default", 1, Integer.MAX_VALUE, Long.MAX_VALUE, 100, Locations.EVERYWHERE);

    public Tenant {
        if (weight < 1 || weight > MAX_WEIGHT || maxFragments < 1 || maxMemoryBytes < 1) {
            throw new IllegalArgumentException(
                    name + ": weight " + weight + ", fragments " + maxFragments + ", memory " + maxMemoryBytes);
        }
        if (cachePercent < 1 || cachePercent > 100) {
            throw new IllegalArgumentException(name + ": cache " + cachePercent + "%");
        }
    }

    /** The part of a tier of {@code bytes} that this tenant's blocks may take. */
    public long cacheShare(long bytes) {
        return cachePercent == 100 ? bytes : bytes / 100 * cachePercent;
    }
}
