package dev.aquifer.service.hydrate;

import dev.aquifer.service.admission.Cancellation;
import dev.aquifer.service.admission.FairPool;
import dev.aquifer.service.cache.BlockKey;
import dev.aquifer.service.cache.BlockMemory;
import dev.aquifer.service.cache.CachedBlock;
import dev.aquifer.service.cache.ChunkKey;
import dev.aquifer.service.cache.MemoryTier;
import dev.aquifer.service.cache.SsdTier;
import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.batch.StripeColumn;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks by key: from memory at once, else by a flight, which reads them from SSD or hydrates their chunk. There is at most
 * one flight for a chunk; who asks meanwhile waits for it. A flight belongs to nobody: a caller that leaves takes nothing
 * from the others. Thread-safe.
 */
final class BlockSource {
    private static final Logger LOG = LoggerFactory.getLogger(BlockSource.class);

    private final MemoryTier memory;
    private final @Nullable SsdTier ssd;
    private final BlockMemory blocks;
    private final ZoneIndex zones;
    private final ChunkFetcher lake;
    private final FairPool pool;
    private final NodeMetrics metrics;
    private final Map<ChunkKey, Flight> flights = new HashMap<>();

    /** A fetch under way, and who waits for it; guarded by {@code flights}. */
    private static final class Flight {
        final ChunkKey key;
        final List<Waiter> waiters = new ArrayList<>();
        /** Whether a chunk is open for it; only its own thread looks. */
        boolean isHydrating;

        Flight(ChunkKey key) {
            this.key = key;
        }
    }

    private record Waiter(ChunkRequest request, ChunkLease lease, BitSet missing, CompletableFuture<ChunkLease> done) {}

    /** What a flight brought: pinned blocks, the tier of each, and the rows of the row group. */
    private static final class Cargo implements AutoCloseable {
        final ChunkLease lease;
        final LoadCounts.Tier[] tiers;
        long rows = -1;

        Cargo(int stripes) {
            lease = new ChunkLease(stripes);
            tiers = new LoadCounts.Tier[stripes];
        }

        void put(int stripe, CachedBlock block, LoadCounts.Tier tier) {
            tiers[stripe] = tier;
            rows = block.chunkRows();
            lease.put(stripe, block);
        }

        @Override
        public void close() {
            lease.close();
        }
    }

    BlockSource(
            MemoryTier memory,
            @Nullable SsdTier ssd,
            BlockMemory blocks,
            ZoneIndex zones,
            ChunkFetcher lake,
            FairPool pool,
            NodeMetrics metrics) {
        this.memory = memory;
        this.ssd = ssd;
        this.blocks = blocks;
        this.zones = zones;
        this.lake = lake;
        this.pool = pool;
        this.metrics = metrics;
    }

    /** Adds a block's bytes to a survey, where it is now; {@code lakeBytes} is what it may take in the lake. */
    void survey(BlockKey key, long lakeBytes, SliceSurvey.Builder survey) {
        long inMemory = memory.peek(key);
        long onSsd = inMemory >= 0 || ssd == null ? -1 : ssd.peek(key);
        if (inMemory >= 0) {
            survey.block(LoadCounts.Tier.MEMORY, inMemory);
        } else if (onSsd >= 0) {
            survey.block(LoadCounts.Tier.SSD, onSsd);
        } else {
            survey.block(LoadCounts.Tier.LAKE, lakeBytes);
        }
    }

    /** Whether none of some stripes of a chunk need be fetched from the lake. Not a use. */
    boolean isLocal(ChunkKey key, BitSet stripes) {
        BitSet absent = memory.absent(key, stripes);
        for (int stripe = absent.nextSetBit(0); stripe >= 0; stripe = absent.nextSetBit(stripe + 1)) {
            if (ssd == null || ssd.peek(key.stripe(stripe)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Pins the blocks asked for. The future's failure is an {@link AquiferException}; the caller closes the lease. */
    CompletableFuture<ChunkLease> load(ChunkRequest request) {
        BitSet missing = (BitSet) request.stripes().clone();
        @Nullable CachedBlock[] found = memory.get(request.key(), missing);
        ChunkLease lease = new ChunkLease(found);
        int blocksFound = 0;
        long bytes = 0;
        for (int stripe = 0; stripe < found.length; stripe++) {
            CachedBlock block = found[stripe];
            if (block != null) {
                blocksFound++;
                bytes += block.bytes();
                missing.clear(stripe);
                if (block.chunkRows() != request.rows()) {
                    lease.close();
                    return CompletableFuture.failedFuture(otherRows(request, block.chunkRows()));
                }
            }
        }
        request.counts().found(LoadCounts.Tier.MEMORY, blocksFound, bytes);
        if (missing.isEmpty()) {
            return CompletableFuture.completedFuture(lease);
        }
        CompletableFuture<ChunkLease> done = new CompletableFuture<>();
        join(new Waiter(request, lease, missing, done));
        return done;
    }

    private void join(Waiter waiter) {
        ChunkRequest request = waiter.request;
        synchronized (flights) {
            Flight flight = flights.get(request.key());
            if (flight != null) {
                flight.waiters.add(waiter);
                metrics.count(Counter.CHUNK_WAITS);
                return;
            }
            Flight started = new Flight(request.key());
            started.waiters.add(waiter);
            flights.put(request.key(), started);
            if (pool.submit(request.tenant(), worker -> fly(started, request))) {
                return;
            }
            boolean _ = forget(started);
        }
        fail(waiter, new AquiferException(ErrorCode.NODE_UNAVAILABLE, "this node is shutting down"));
    }

    private void fly(Flight flight, ChunkRequest first) {
        if (landed(flight)) {
            return;
        }
        BitSet wanted = new BitSet();
        synchronized (flights) {
            flight.waiters.forEach(waiter -> wanted.or(waiter.missing));
        }
        try (Cargo cargo = new Cargo(wanted.length())) {
            AquiferException failure = null;
            try {
                bring(flight, first, wanted, cargo);
            } catch (AquiferException e) {
                failure = e;
            } catch (OutOfMemoryError e) {
                failure = new AquiferException(
                        ErrorCode.MEMORY_EXCEEDED, "no memory left to read " + flight.key + ": " + e.getMessage(), e);
            } catch (RuntimeException | Error e) {
                metrics.count(Counter.TASKS_CRASHED);
                LOG.error("reading {} ended with {}", flight.key, e.toString(), e);
                failure = new AquiferException(ErrorCode.INTERNAL, "reading " + flight.key + " failed: " + e, e);
            }
            for (Waiter waiter : land(flight)) {
                settle(waiter, cargo, failure);
            }
        }
    }

    /** Ends a flight that nobody waits for any more. */
    private boolean landed(Flight flight) {
        synchronized (flights) {
            for (Waiter waiter : flight.waiters) {
                if (!waiter.request.stop().stopped()) {
                    return false;
                }
            }
            // Under the lock: who comes now finds no flight, and starts another one.
            forget(flight);
        }
        if (flight.isHydrating) {
            metrics.count(Counter.CHUNKS_ABANDONED);
        }
        for (Waiter waiter : flight.waiters) {
            AquiferException why = waiter.request.stop().reason();
            fail(waiter, why == null ? Cancellation.cancelled() : why);
        }
        return true;
    }

    private List<Waiter> land(Flight flight) {
        synchronized (flights) {
            return forget(flight) ? flight.waiters : List.of();
        }
    }

    /** @return false if it is over already; the chunk may have another flight by now */
    private boolean forget(Flight flight) {
        return flights.remove(flight.key, flight);
    }

    private void bring(Flight flight, ChunkRequest first, BitSet wanted, Cargo cargo) {
        BitSet absent = (BitSet) wanted.clone();
        for (int stripe = wanted.nextSetBit(0); stripe >= 0; stripe = wanted.nextSetBit(stripe + 1)) {
            if (landed(flight)) {
                return;
            }
            BlockKey key = first.key().stripe(stripe);
            CachedBlock block = memory.get(key);
            if (block != null) {
                cargo.put(stripe, block, LoadCounts.Tier.MEMORY);
                absent.clear(stripe);
                continue;
            }
            block = ssd == null ? null : ssd.read(key, blocks);
            if (block != null) {
                cargo.put(stripe, block, LoadCounts.Tier.SSD);
                keepInMemory(first.tenant(), key, block);
                absent.clear(stripe);
            }
        }
        if (!absent.isEmpty()) {
            hydrate(flight, first, absent, cargo);
        }
    }

    private void hydrate(Flight flight, ChunkRequest first, BitSet absent, Cargo cargo) {
        try (ChunkFetcher.Chunk chunk = lake.open(first.key(), first.counts())) {
            metrics.count(Counter.CHUNKS_HYDRATED);
            flight.isHydrating = true;
            cargo.rows = chunk.rows();
            int stripe = 0;
            while (!landed(flight)) {
                StripeColumn column = chunk.next();
                if (column == null) {
                    return;
                }
                BlockKey key = first.key().stripe(stripe);
                if (absent.get(stripe)) {
                    cargo.put(stripe, encode(first.tenant(), key, column, chunk.rows()), LoadCounts.Tier.LAKE);
                } else if (!isLocal(key)) {
                    // Nobody asks for it now, but the dear part is done.
                    encode(first.tenant(), key, column, chunk.rows()).unpin();
                }
                stripe++;
            }
        }
    }

    private boolean isLocal(BlockKey key) {
        return memory.peek(key) >= 0 || ssd != null && ssd.peek(key) >= 0;
    }

    private CachedBlock encode(Tenant tenant, BlockKey key, StripeColumn column, long chunkRows) {
        CachedBlock block = blocks.encode(column, chunkRows);
        metrics.count(Counter.BLOCKS_ENCODED);
        keepInMemory(tenant, key, block);
        if (ssd != null) {
            ssd.keep(tenant, key, block);
        }
        return block;
    }

    private void keepInMemory(Tenant tenant, BlockKey key, CachedBlock block) {
        zones.learn(key, block.block().zoneMap(), block.chunkRows());
        if (!memory.put(tenant, key, block)) {
            metrics.count(Counter.MEMORY_BYPASSES);
        }
    }

    private void settle(Waiter waiter, Cargo cargo, @Nullable AquiferException failure) {
        if (failure == null && cargo.rows >= 0 && cargo.rows != waiter.request.rows()) {
            fail(waiter, otherRows(waiter.request, cargo.rows));
            return;
        }
        BitSet missing = waiter.missing;
        for (int stripe = missing.nextSetBit(0); stripe >= 0; stripe = missing.nextSetBit(stripe + 1)) {
            CachedBlock block = stripe < cargo.tiers.length ? cargo.lease.share(stripe) : null;
            if (block != null) {
                waiter.request.counts().found(cargo.tiers[stripe], 1, block.bytes());
                waiter.lease.put(stripe, block);
                missing.clear(stripe);
            }
        }
        if (missing.isEmpty()) {
            waiter.done.complete(waiter.lease);
        } else if (failure != null) {
            fail(waiter, failure);
        } else {
            // Came while the flight was under way, for stripes that it did not bring.
            join(waiter);
        }
    }

    private static void fail(Waiter waiter, AquiferException failure) {
        waiter.lease.close();
        waiter.done.completeExceptionally(failure);
    }

    private static AquiferException otherRows(ChunkRequest request, long actual) {
        return new AquiferException(
                ErrorCode.INVALID_PLAN,
                "the plan says that row group " + request.key().rowGroup() + " of "
                        + request.key().object().uri() + " has " + request.rows() + " rows, and it has " + actual);
    }
}
