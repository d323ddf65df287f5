package dev.aquifer.service.tenant;

import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.Set;

/**
 * Which files callers may name. The node's owner says it, for all callers and, in the tenants file, more narrowly for a
 * tenant; a file must be at a location of both. Asked for each request and before any cache: blocks that a tenant got when
 * it was allowed to are not given out after.
 */
public final class ReadAccess {
    private final Locations ofNode;
    private final String refusal;
    private final NodeMetrics metrics;

    private ReadAccess(Locations ofNode, String refusal, NodeMetrics metrics) {
        this.ofNode = ofNode;
        this.refusal = refusal;
        this.metrics = metrics;
    }

    /**
     * @param locations what the owner names; {@link Locations#EVERYWHERE} where nothing was said
     * @param othersReachIt whether the node listens beyond this machine: then the files of its disk are nobody's without
     *     being named
     */
    public static ReadAccess of(Locations locations, boolean othersReachIt, NodeMetrics metrics) {
        return locations.restricted() || !othersReachIt
                ? new ReadAccess(locations, "it is at none of the locations that this node's --allow names", metrics)
                : new ReadAccess(
                        Locations.ALL_OBJECTS,
                        "a node that other machines reach reads files of its own disk only where --allow names their"
                                + " folder",
                        metrics);
    }

    /**
     * Lets a request read files, or refuses it. Says nothing of whether the files are there.
     *
     * @param uris of all files that the request names
     * @throws AquiferException PERMISSION_DENIED, with the first that the tenant may not read
     */
    public void check(Tenant tenant, Set<String> uris) {
        for (String uri : uris) {
            if (!ofNode.cover(uri)) {
                throw refused(tenant, uri, refusal);
            }
            if (!tenant.locations().cover(uri)) {
                throw refused(tenant, uri, "it is at none of the locations that the tenants file allows the tenant");
            }
        }
    }

    private AquiferException refused(Tenant tenant, String uri, String why) {
        metrics.count(Counter.REFUSED_LOCATION);
        return new AquiferException(
                ErrorCode.PERMISSION_DENIED,
                "tenant " + tenant.name() + " may not read " + uri + " on this node: " + why
                        + "; the node's owner can add it");
    }
}
