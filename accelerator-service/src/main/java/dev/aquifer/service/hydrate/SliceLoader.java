package dev.aquifer.service.hydrate;

import dev.aquifer.lake.object.ObjectStore;
import dev.aquifer.lake.parquet.FooterCache;
import dev.aquifer.lake.parquet.ParquetFooter;
import dev.aquifer.lake.parquet.RowGroup;
import dev.aquifer.service.admission.Cancellation;
import dev.aquifer.service.admission.FairPool;
import dev.aquifer.service.cache.BlockMemory;
import dev.aquifer.service.cache.CachedBlock;
import dev.aquifer.service.cache.ChunkKey;
import dev.aquifer.service.cache.MemoryTier;
import dev.aquifer.service.cache.SsdTier;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.prune.ZoneAnswer;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.PartitionValue;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Gets the stripes of slices ready: leaves out what zone maps rule out, then loads the columns of the rest side by side.
 * A slice whose blocks are all on this node is loaded without a look at the lake. Thread-safe.
 */
public final class SliceLoader {
    /** What a zone map with its bounds takes on the heap, about. */
    private static final int ZONE_BYTES = 100;
    /** What part of the heap zone maps may have. */
    private static final int ZONES_PART = 64;

    private final LakeChunks lake;
    private final BlockSource source;
    private final BlockMemory blocks;
    private final SliceZones zones;
    private final FairPool pool;

    /**
     * @param pool threads that wait for the lake and the SSD, decode and encode
     * @param heapBytes the most that chunks being decoded may take on the heap together
     */
    public SliceLoader(
            ObjectStore store,
            FooterCache footers,
            MemoryTier memory,
            @Nullable SsdTier ssd,
            BlockMemory blocks,
            FairPool pool,
            long heapBytes,
            NodeMetrics metrics) {
        this.lake = new LakeChunks(store, footers, heapBytes, metrics);
        ZoneIndex met = new ZoneIndex(zonesKept());
        this.zones = new SliceZones(met);
        this.source = new BlockSource(memory, ssd, blocks, met, lake, pool, metrics);
        this.blocks = blocks;
        this.pool = pool;
    }

    private static int zonesKept() {
        return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / ZONES_PART / ZONE_BYTES);
    }

    /** The footer of a version of a file, from memory or the lake; blocks the thread for the latter. */
    public ParquetFooter footer(ObjectVersion object, LoadCounts counts) {
        return lake.footer(object, counts);
    }

    /** The version of a file as it is now. */
    public ObjectVersion head(String uri, LoadCounts counts) {
        return lake.head(uri, counts);
    }

    /**
     * Loads a slice. Failures, in the future, are AquiferExceptions; the caller closes the slice.
     *
     * @throws AquiferException INVALID_PLAN if the slice makes no sense by itself
     */
    public CompletableFuture<LoadedSlice> load(SliceRequest request) {
        BitSet stripes = new BitSet();
        stripes.set(0, ConstantColumns.stripes(request.slice().rows()));
        ParquetFooter known = lake.knownFooter(request.slice().object());
        if (known != null || isLocal(request, stripes)) {
            return loadKnown(request, known, stripes);
        }
        // The footer tells what to leave out; reading it must not block who asks.
        CompletableFuture<LoadedSlice> done = new CompletableFuture<>();
        boolean taken = pool.submit(request.tenant(), worker -> {
            try {
                request.stop().check();
                ParquetFooter footer = lake.footer(request.slice().object(), request.counts());
                pass(loadKnown(request, footer, stripes), done);
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        if (!taken) {
            done.completeExceptionally(new AquiferException(ErrorCode.NODE_UNAVAILABLE, "this node is shutting down"));
        }
        return done;
    }

    /**
     * The slices that have to be read. An answer takes all others from what is known of their columns: all of an object's at once
     * where it can, else one by one.
     *
     * @param slices those of one object one behind the other
     * @throws AquiferException INVALID_PLAN if a slice makes no sense by itself; the reason to stop, where there is one
     */
    public List<Slice> unanswered(
            Tenant tenant, List<Slice> slices, List<Field> columns, ZoneAnswer answer, Cancellation stop) {
        List<Slice> left = new ArrayList<>();
        int from = 0;
        while (from < slices.size()) {
            stop.check();
            Slice first = slices.get(from);
            int to = from + 1;
            while (to < slices.size() && isOfSame(first, slices.get(to))) {
                to++;
            }
            List<Slice> run = slices.subList(from, to);
            List<SliceColumn> all = columns.stream()
                    .map(field -> SliceColumn.of(tenant, first, field))
                    .toList();
            if (all.stream().allMatch(column -> column.key() == null)) {
                // Nothing here proves that the row groups are as the plan says.
                left.addAll(run);
            } else if (!answers(all, run, answer)) {
                for (Slice slice : run) {
                    if (run.size() == 1 || !answers(all, List.of(slice), answer)) {
                        left.add(slice);
                    }
                }
            }
            from = to;
        }
        return left;
    }

    private static boolean isOfSame(Slice first, Slice slice) {
        return first.object().equals(slice.object()) && first.partitions().equals(slice.partitions());
    }

    private boolean answers(List<SliceColumn> columns, List<Slice> slices, ZoneAnswer answer) {
        long rows = slices.stream().mapToLong(Slice::rows).sum();
        List<ZoneMap> known = zones.known(columns, slices, rows);
        return known != null && answer.take(rows, known);
    }

    private static void pass(CompletableFuture<LoadedSlice> from, CompletableFuture<LoadedSlice> to) {
        CompletableFuture<LoadedSlice> _ = from.whenComplete((slice, failure) -> {
            if (failure != null) {
                to.completeExceptionally(failure);
            } else {
                to.complete(slice);
            }
        });
    }

    /**
     * What loading a slice would take; blocks the thread where the footer has to be read.
     *
     * @throws AquiferException as {@link #load}
     */
    public SliceSurvey survey(SliceRequest request) {
        ParquetFooter footer = lake.footer(request.slice().object(), request.counts());
        BitSet stripes = new BitSet();
        stripes.set(0, ConstantColumns.stripes(request.slice().rows()));
        int total = stripes.length();
        RowGroup group = check(request, footer);
        zones.prune(request, footer, stripes);
        SliceSurvey.Builder survey = new SliceSurvey.Builder(total, total - stripes.cardinality());
        stripes.stream().forEach(stripe -> survey.rows(ConstantColumns.rows(group.rows(), stripe)));
        for (ChunkKey key : request.chunks()) {
            int position = footer.indexOf(key.column());
            long lakeBytes = position < 0 ? 0 : group.chunks().get(position).compressedBytes();
            survey.chunk(lakeBytes);
            stripes.stream().forEach(stripe -> source.survey(key.stripe(stripe), lakeBytes / total, survey));
        }
        return survey.build();
    }

    private boolean isLocal(SliceRequest request, BitSet stripes) {
        for (ChunkKey key : request.chunks()) {
            if (!source.isLocal(key, stripes)) {
                return false;
            }
        }
        // Without a block of the file nothing here proves that the row group is as the plan says.
        return !request.chunks().isEmpty() && !stripes.isEmpty();
    }

    private CompletableFuture<LoadedSlice> loadKnown(
            SliceRequest request, @Nullable ParquetFooter footer, BitSet stripes) {
        int total = stripes.length();
        if (footer != null) {
            RowGroup _ = check(request, footer);
        }
        zones.prune(request, footer, stripes);
        return loadColumns(request, stripes, total);
    }

    /** Holds the request against the file. */
    private static RowGroup check(SliceRequest request, ParquetFooter footer) {
        RowGroup group = LakeChunks.rowGroup(footer, request.slice());
        for (ChunkKey key : request.chunks()) {
            int position = footer.indexOf(key.column());
            if (position >= 0) {
                LakeChunks.checkType(footer, position, key.type());
            }
        }
        return group;
    }

    private CompletableFuture<LoadedSlice> loadColumns(SliceRequest request, BitSet stripes, int total) {
        Slice slice = request.slice();
        List<CompletableFuture<ChunkLease>> loads = new ArrayList<>();
        for (SliceColumn column : request.columns()) {
            if (column.key() != null) {
                loads.add(source.load(new ChunkRequest(
                        request.tenant(), column.key(), slice.rows(), stripes, request.counts(), request.stop())));
            } else if (column.partition() != null) {
                loads.add(constant(column.partition(), slice, stripes));
            }
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(loads.toArray(new CompletableFuture<?>[0]));
        return all.handle((nothing, failure) -> {
            List<ChunkLease> leases = new ArrayList<>();
            for (CompletableFuture<ChunkLease> load : loads) {
                if (!load.isCompletedExceptionally()) {
                    leases.add(load.join());
                }
            }
            LoadedSlice loaded = new LoadedSlice(slice, total, stripes, leases);
            if (failure != null) {
                loaded.close();
                throw wrapped(failure);
            }
            return loaded;
        });
    }

    private static RuntimeException wrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException wrapper && wrapper.getCause() != null) {
            cause = wrapper.getCause();
        }
        return cause instanceof RuntimeException runtime
                ? runtime
                : new AquiferException(ErrorCode.INTERNAL, "loading failed: " + cause, cause);
    }

    /** Its failure is in the future too: other columns are loading, and have to be given back. */
    private CompletableFuture<ChunkLease> constant(PartitionValue partition, Slice slice, BitSet stripes) {
        ChunkLease lease = new ChunkLease(stripes.length());
        try {
            fill(lease, partition, slice, stripes);
            return CompletableFuture.completedFuture(lease);
        } catch (RuntimeException | Error e) {
            lease.close();
            return CompletableFuture.failedFuture(e);
        }
    }

    /** At most two different blocks: one for the full stripes, one for the last. */
    private void fill(ChunkLease lease, PartitionValue partition, Slice slice, BitSet stripes) {
        CachedBlock last = null;
        for (int stripe = stripes.nextSetBit(0); stripe >= 0; stripe = stripes.nextSetBit(stripe + 1)) {
            int rows = ConstantColumns.rows(slice.rows(), stripe);
            if (last != null && last.block().rows() == rows) {
                lease.put(stripe, last.pin());
            } else {
                last = blocks.encode(ConstantColumns.of(partition.type(), partition.value(), rows), slice.rows());
                lease.put(stripe, last);
            }
        }
    }
}
