package dev.aquifer.service.cache;

import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.tenant.Tenant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Encoded blocks in memory, up to a number of bytes. Each tenant has a clock of its own and a share; where the tier is
 * full, the tenant that uses most of its share gives. A block in use is never evicted. Thread-safe.
 */
public final class MemoryTier implements AutoCloseable {
    private final long budget;
    private final NodeMetrics metrics;
    private final Map<ChunkKey, KeptChunk> chunks = new HashMap<>();
    private final Map<String, Lane> lanes = new HashMap<>();
    private long used;
    private boolean closed;

    /** One tenant's part. */
    private static final class Lane {
        final TwoLevelClock clock = new TwoLevelClock();
        final TierCounts counts = new TierCounts();
        long share;
        long blocks;
        long stickyBytes;
    }

    public MemoryTier(long budget, NodeMetrics metrics) {
        this.budget = budget;
        this.metrics = metrics;
        metrics.gauge("memory.cache.bytes", "bytes of blocks kept in memory", this::bytes);
    }

    /** The block with a pin for the caller, or null. Counts as a use. */
    public synchronized @Nullable CachedBlock get(BlockKey key) {
        BitSet one = new BitSet();
        one.set(key.stripe());
        return get(key.chunk(), one)[key.stripe()];
    }

    /**
     * The blocks of some stripes of a chunk, each with a pin for the caller: by stripe, null where one is not here. Counts as a
     * use of each.
     */
    public synchronized @Nullable CachedBlock[] get(ChunkKey key, BitSet stripes) {
        @Nullable CachedBlock[] found = new @Nullable CachedBlock[stripes.length()];
        KeptChunk chunk = chunks.get(key);
        Lane lane = lane(key);
        int hits = 0;
        int promoted = 0;
        long bytes = 0;
        for (int stripe = stripes.nextSetBit(0); stripe >= 0; stripe = stripes.nextSetBit(stripe + 1)) {
            TwoLevelClock.Entry entry = chunk == null ? null : chunk.get(stripe);
            if (entry != null) {
                promoted += lane.clock.touch(entry) ? 1 : 0;
                found[stripe] = entry.block.pin();
                bytes += entry.block.bytes();
                hits++;
            }
        }
        lane.counts.hits.add(hits);
        lane.counts.misses.add(stripes.cardinality() - hits);
        metrics.add(Counter.MEMORY_HITS, hits);
        metrics.add(Counter.MEMORY_HIT_BYTES, bytes);
        metrics.add(Counter.MEMORY_PROMOTIONS, promoted);
        return found;
    }

    /** The block's bytes where it is here, else -1. Not a use. */
    public synchronized long peek(BlockKey key) {
        TwoLevelClock.Entry entry = entry(key);
        return entry == null ? -1 : entry.block.bytes();
    }

    /** Which of some stripes of a chunk are not here. Not a use. */
    public synchronized BitSet absent(ChunkKey key, BitSet stripes) {
        BitSet absent = (BitSet) stripes.clone();
        KeptChunk chunk = chunks.get(key);
        if (chunk != null) {
            chunk.forEach(entry -> absent.clear(entry.key.stripe()));
        }
        return absent;
    }

    private TwoLevelClock.@Nullable Entry entry(BlockKey key) {
        KeptChunk chunk = chunks.get(key.chunk());
        return chunk == null ? null : chunk.get(key.stripe());
    }

    /**
     * Keeps a block, evicting others where it must; the caller keeps its own pin.
     *
     * @return false if the block is not kept: no room could be made. A key that is here already keeps its block
     */
    public synchronized boolean put(Tenant tenant, BlockKey key, CachedBlock block) {
        if (closed) {
            return false;
        }
        if (entry(key) != null) {
            return true;
        }
        Lane lane = lane(key.chunk());
        lane.share = Math.max(1, tenant.cacheShare(budget));
        if (!makeRoom(lane, block.bytes())) {
            return false;
        }
        block.hold();
        TwoLevelClock.Entry entry = new TwoLevelClock.Entry(key, block);
        chunks.computeIfAbsent(key.chunk(), chunk -> new KeptChunk()).put(entry);
        lane.clock.add(entry);
        lane.blocks++;
        used += block.bytes();
        return true;
    }

    private boolean makeRoom(Lane lane, long bytes) {
        if (bytes > lane.share) {
            return false;
        }
        while (lane.clock.bytes() + bytes > lane.share) {
            if (!evictFrom(lane)) {
                return false;
            }
        }
        while (used + bytes > budget) {
            if (!evictFromFullest()) {
                return false;
            }
        }
        return true;
    }

    private boolean evictFrom(Lane lane) {
        TwoLevelClock.Entry victim = lane.clock.victim(Math.min(lane.share, budget));
        if (victim == null) {
            return false;
        }
        forget(victim);
        lane.counts.evictions.increment();
        metrics.count(Counter.MEMORY_EVICTIONS);
        return true;
    }

    /** Evicts from the tenant that uses most of its share, or the next one where all of that one's blocks are in use. */
    private boolean evictFromFullest() {
        List<Lane> byUse = new ArrayList<>(lanes.values());
        byUse.removeIf(lane -> lane.clock.bytes() == 0);
        byUse.sort((a, b) -> Double.compare((double) b.clock.bytes() / b.share, (double) a.clock.bytes() / a.share));
        for (Lane lane : byUse) {
            if (evictFrom(lane)) {
                return true;
            }
        }
        return false;
    }

    private void forget(TwoLevelClock.Entry entry) {
        ChunkKey key = entry.key.chunk();
        if (Objects.requireNonNull(chunks.get(key)).remove(entry)) {
            chunks.remove(key);
        }
        used -= entry.block.bytes();
        Lane lane = lane(key);
        lane.blocks--;
        if (entry.sticky) {
            lane.stickyBytes -= entry.block.bytes();
        }
        entry.block.letGo();
    }

    private Lane lane(ChunkKey key) {
        return lanes.computeIfAbsent(key.tenant(), name -> new Lane());
    }

    /**
     * Makes a block stay until it is evicted by name.
     *
     * @return false if it is not here, or half of the tenant's share is pinned already
     */
    public synchronized boolean stick(BlockKey key) {
        TwoLevelClock.Entry entry = entry(key);
        if (entry == null) {
            return false;
        }
        Lane lane = lane(key.chunk());
        if (!entry.sticky) {
            if (lane.stickyBytes + entry.block.bytes() > lane.share / 2) {
                return false;
            }
            entry.sticky = true;
            lane.stickyBytes += entry.block.bytes();
        }
        return true;
    }

    /** Lets blocks be evicted again. */
    public synchronized void unstick(Predicate<BlockKey> which) {
        for (TwoLevelClock.Entry entry : chosen(which)) {
            if (entry.sticky) {
                entry.sticky = false;
                lane(entry.key.chunk()).stickyBytes -= entry.block.bytes();
            }
        }
    }

    /**
     * Drops blocks by name. Those in use live on for their users.
     *
     * @return the bytes of those dropped
     */
    public synchronized Map<BlockKey, Long> evict(Predicate<BlockKey> which) {
        Map<BlockKey, Long> dropped = new HashMap<>();
        for (TwoLevelClock.Entry entry : chosen(which)) {
            lane(entry.key.chunk()).clock.remove(entry);
            dropped.put(entry.key, entry.block.bytes());
            forget(entry);
        }
        return dropped;
    }

    private List<TwoLevelClock.Entry> chosen(Predicate<BlockKey> which) {
        List<TwoLevelClock.Entry> chosen = new ArrayList<>();
        for (KeptChunk chunk : chunks.values()) {
            chunk.forEach(entry -> {
                if (which.test(entry.key)) {
                    chosen.add(entry);
                }
            });
        }
        return chosen;
    }

    public synchronized long bytes() {
        return used;
    }

    public synchronized TierUsage usage(Tenant tenant) {
        Lane lane = lanes.computeIfAbsent(tenant.name(), name -> new Lane());
        TierCounts counts = lane.counts;
        return new TierUsage(
                tenant.cacheShare(budget),
                lane.clock.bytes(),
                lane.blocks,
                lane.stickyBytes,
                counts.hits.sum(),
                counts.misses.sum(),
                counts.evictions.sum(),
                counts.corrupt.sum());
    }

    /** Lets all blocks go and keeps none from now on. */
    @Override
    public synchronized void close() {
        closed = true;
        evict(key -> true);
    }
}
