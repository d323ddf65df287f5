package dev.aquifer.service.cache;

/**
 * One tier as one tenant sees it; counts are since the node started.
 *
 * @param capacityBytes the most the tenant's blocks may take
 * @param corrupt blocks dropped because their bytes were not those written
 */
public record TierUsage(
        long capacityBytes,
        long usedBytes,
        long blocks,
        long pinnedBytes,
        long hits,
        long misses,
        long evictions,
        long corrupt) {}
