package dev.aquifer.service.hydrate;

import dev.aquifer.lake.object.ObjectStore;
import dev.aquifer.lake.parquet.FooterCache;
import dev.aquifer.lake.parquet.ParquetFooter;
import dev.aquifer.lake.parquet.RowGroup;
import dev.aquifer.service.admission.FairPool;
import dev.aquifer.service.cache.BlockMemory;
import dev.aquifer.service.cache.CachedBlock;
import dev.aquifer.service.cache.ChunkKey;
import dev.aquifer.service.cache.MemoryTier;
import dev.aquifer.service.cache.SsdTier;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.prune.ZoneAnswer;
import dev.aquifer.spi.prune.ZonePruner;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.PartitionValue;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gets the stripes of slices ready: leaves out what zone maps rule out, then loads the columns of the rest side by side.
 * A slice whose blocks are all on this node is loaded without a look at the lake. Thread-safe.
 */
public final class SliceLoader {
    private static final int ZONES_KEPT = 100_000;

    private final LakeChunks lake;
    private final BlockSource source;
    private final BlockMemory blocks;
    private final ZoneIndex zones = new ZoneIndex(ZONES_KEPT);
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
        this.source = new BlockSource(memory, ssd, blocks, zones, lake, pool, metrics);
        this.blocks = blocks;
        this.pool = pool;
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
        List<Field> inFile = inFile(request);
        BitSet stripes = new BitSet();
        stripes.set(0, ConstantColumns.stripes(request.slice().rows()));
        ParquetFooter known = lake.knownFooter(request.slice().object());
        if (known != null || isLocal(request, inFile, stripes)) {
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
     * A slice of which no block is needed, where an answer can take it as a whole from what is known of its columns; else null.
     *
     * @throws AquiferException INVALID_PLAN if the slice makes no sense by itself
     */
    public @Nullable LoadedSlice answer(SliceRequest request, ZoneAnswer answer) {
        long rows = request.slice().rows();
        if (inFile(request).isEmpty()) {
            // Nothing here proves that the row group is as the plan says.
            return null;
        }
        List<ZoneMap> known = new ArrayList<>();
        for (Field field : request.columns()) {
            PartitionValue partition = partition(request, field);
            ZoneMap zone = partition == null ? zones.get(key(request, field)) : constantZone(partition, rows);
            if (zone == null || zone.rows() != rows) {
                // Not known; or the plan is wrong about the row group, which loading says.
                return null;
            }
            known.add(zone);
        }
        return answer.take(rows, known)
                ? new LoadedSlice(request.slice(), ConstantColumns.stripes(rows), new BitSet(), List.of())
                : null;
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

    /** The chunks that a request reads from the file, or would. */
    public static List<ChunkKey> chunks(SliceRequest request) {
        return inFile(request).stream().map(field -> key(request, field)).toList();
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
        prune(request, footer, stripes);
        SliceSurvey.Builder survey = new SliceSurvey.Builder(total, total - stripes.cardinality());
        stripes.stream().forEach(stripe -> survey.rows(ConstantColumns.rows(group.rows(), stripe)));
        for (Field field : inFile(request)) {
            int position = footer.indexOf(field.name());
            long lakeBytes = position < 0 ? 0 : group.chunks().get(position).compressedBytes();
            survey.chunk(lakeBytes);
            ChunkKey key = key(request, field);
            stripes.stream().forEach(stripe -> source.survey(key.stripe(stripe), lakeBytes / total, survey));
        }
        return survey.build();
    }

    private boolean isLocal(SliceRequest request, List<Field> inFile, BitSet stripes) {
        for (Field field : inFile) {
            ChunkKey key = key(request, field);
            for (int stripe = 0; stripe < stripes.length(); stripe++) {
                if (source.peek(key.stripe(stripe)) == null) {
                    return false;
                }
            }
        }
        // Without a block of the file nothing here proves that the row group is as the plan says.
        return !inFile.isEmpty() && !stripes.isEmpty();
    }

    private CompletableFuture<LoadedSlice> loadKnown(
            SliceRequest request, @Nullable ParquetFooter footer, BitSet stripes) {
        int total = stripes.length();
        if (footer != null) {
            RowGroup _ = check(request, footer);
        }
        prune(request, footer, stripes);
        return loadColumns(request, stripes, total);
    }

    /** Holds the request against the file. */
    private static RowGroup check(SliceRequest request, ParquetFooter footer) {
        RowGroup group = LakeChunks.rowGroup(footer, request.slice());
        for (Field field : inFile(request)) {
            int position = footer.indexOf(field.name());
            if (position >= 0) {
                LakeChunks.checkType(footer, position, field.type());
            }
        }
        return group;
    }

    /** Leaves out the stripes in which the filter can be true for no row. */
    private void prune(SliceRequest request, @Nullable ParquetFooter footer, BitSet stripes) {
        if (footer != null) {
            RowGroup group = footer.rowGroups().get(request.slice().rowGroup());
            if (!mayMatch(request, column -> chunkZone(request, footer, group, column))) {
                stripes.clear();
            }
        }
        for (int stripe = stripes.nextSetBit(0); stripe >= 0; stripe = stripes.nextSetBit(stripe + 1)) {
            int number = stripe;
            if (!mayMatch(request, column -> blockZone(request, column, number))) {
                stripes.clear(stripe);
            }
        }
    }

    private CompletableFuture<LoadedSlice> loadColumns(SliceRequest request, BitSet stripes, int total) {
        Slice slice = request.slice();
        List<CompletableFuture<ChunkLease>> loads = new ArrayList<>();
        for (Field field : request.columns()) {
            PartitionValue partition = partition(request, field);
            loads.add(
                    partition == null
                            ? source.load(new ChunkRequest(
                                    request.tenant(),
                                    key(request, field),
                                    slice.rows(),
                                    stripes,
                                    request.counts(),
                                    request.stop()))
                            : constant(partition, slice, stripes));
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

    private static List<Field> inFile(SliceRequest request) {
        List<Field> fields = new ArrayList<>();
        for (Field field : request.columns()) {
            if (partition(request, field) == null) {
                fields.add(field);
            }
        }
        return fields;
    }

    private static @Nullable PartitionValue partition(SliceRequest request, Field field) {
        for (PartitionValue value : request.slice().partitions()) {
            if (value.column().equals(field.name())) {
                if (!value.type().equals(field.type())) {
                    throw new AquiferException(
                            ErrorCode.INVALID_PLAN,
                            "partition column " + field.name() + " is " + value.type() + ", and the plan reads it as "
                                    + field.type());
                }
                return value;
            }
        }
        return null;
    }

    private static ChunkKey key(SliceRequest request, Field field) {
        Slice slice = request.slice();
        return new ChunkKey(request.tenant().name(), slice.object(), slice.rowGroup(), field.name(), field.type());
    }

    private static boolean mayMatch(SliceRequest request, IntFunction<ZoneMap> zones) {
        Expr filter = request.filter();
        return filter == null || ZonePruner.mayMatch(filter, zones);
    }

    private static ZoneMap chunkZone(SliceRequest request, ParquetFooter footer, RowGroup group, int column) {
        Field field = request.columns().get(column);
        long rows = group.rows();
        PartitionValue partition = partition(request, field);
        if (partition != null) {
            return constantZone(partition, rows);
        }
        int position = footer.indexOf(field.name());
        if (position < 0) {
            return new ZoneMap(field.type(), rows, rows, null, null, false, false, false);
        }
        ZoneMap zone = group.chunks().get(position).zoneMap();
        // Bounds of another type, narrower or of another physical form, are not worth converting.
        return zone != null && zone.type().equals(field.type()) ? zone : ZoneMap.unknown(field.type(), rows);
    }

    private ZoneMap blockZone(SliceRequest request, int column, int stripe) {
        Field field = request.columns().get(column);
        long rows = ConstantColumns.rows(request.slice().rows(), stripe);
        PartitionValue partition = partition(request, field);
        if (partition != null) {
            return constantZone(partition, rows);
        }
        ZoneMap zone = zones.get(key(request, field).stripe(stripe));
        return zone == null ? ZoneMap.unknown(field.type(), rows) : zone;
    }

    private static ZoneMap constantZone(PartitionValue partition, long rows) {
        Object value = partition.value();
        if (value instanceof Double number && number.isNaN()) {
            return new ZoneMap(partition.type(), rows, 0, null, null, false, false, true);
        }
        return new ZoneMap(
                partition.type(), rows, value == null ? rows : 0, value, value, value != null, value != null, false);
    }
}
