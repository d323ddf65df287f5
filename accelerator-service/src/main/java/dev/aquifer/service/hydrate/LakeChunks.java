package dev.aquifer.service.hydrate;

import dev.aquifer.lake.object.ObjectStore;
import dev.aquifer.lake.page.DecodeMemory;
import dev.aquifer.lake.parquet.ChunkInfo;
import dev.aquifer.lake.parquet.ColumnChunkReader;
import dev.aquifer.lake.parquet.FooterCache;
import dev.aquifer.lake.parquet.LakeColumn;
import dev.aquifer.lake.parquet.ParquetFooter;
import dev.aquifer.lake.parquet.RowGroup;
import dev.aquifer.service.cache.ChunkKey;
import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.spi.batch.StripeColumn;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** Column chunks of the lake's Parquet files, as the types that are asked for. */
final class LakeChunks implements ChunkFetcher {
    private final ObjectStore store;
    private final FooterCache footers;
    private final HydrationGate gate;
    private final long gateLimit;
    private final NodeMetrics metrics;
    /** As many as chunks were ever read at once. */
    private final ConcurrentLinkedDeque<DecodeMemory> idle = new ConcurrentLinkedDeque<>();

    /** @param heapBytes the most that chunks under way may take on the heap together */
    LakeChunks(ObjectStore store, FooterCache footers, long heapBytes, NodeMetrics metrics) {
        this.store = store;
        this.footers = footers;
        this.gate = new HydrationGate(heapBytes);
        this.gateLimit = heapBytes;
        this.metrics = metrics;
    }

    /** The footer of a version; reads it where it is not known yet. */
    ParquetFooter footer(ObjectVersion object, LoadCounts counts) {
        return footers.get(new CountedStore(store, counts), object);
    }

    @Nullable
    ParquetFooter knownFooter(ObjectVersion object) {
        return footers.peek(object);
    }

    ObjectVersion head(String uri, LoadCounts counts) {
        return new CountedStore(store, counts).head(uri);
    }

    /**
     * The row group that a slice means.
     *
     * @throws AquiferException INVALID_PLAN if the file has no such row group, or one of other length
     */
    static RowGroup rowGroup(ParquetFooter footer, Slice slice) {
        RowGroup group = rowGroup(footer, slice.rowGroup());
        if (group.rows() != slice.rows()) {
            throw new AquiferException(
                    ErrorCode.INVALID_PLAN,
                    "the plan says that row group " + slice.rowGroup() + " of "
                            + slice.object().uri() + " has " + slice.rows() + " rows, and it has " + group.rows());
        }
        return group;
    }

    private static RowGroup rowGroup(ParquetFooter footer, int index) {
        if (index < 0 || index >= footer.rowGroups().size()) {
            throw new AquiferException(
                    ErrorCode.INVALID_PLAN,
                    "there is no row group " + index + " in " + footer.object().uri() + ", which has "
                            + footer.rowGroups().size());
        }
        return footer.rowGroups().get(index);
    }

    /**
     * Checks that a file's column can be read as a type.
     *
     * @throws AquiferException UNSUPPORTED_FILE or TYPE_MISMATCH
     */
    static void checkType(ParquetFooter footer, int position, DataType wanted) {
        LakeColumn column = footer.columns().get(position);
        DataType type = column.type();
        String where = "column " + column.name() + " of " + footer.object().uri();
        if (type == null) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED_FILE, where + " cannot be read: " + column.unsupportedReason());
        }
        if (!Widening.possible(type, wanted)) {
            throw new AquiferException(
                    ErrorCode.TYPE_MISMATCH,
                    where + " is " + type + ", which cannot be read as " + wanted + " without loss");
        }
    }

    @Override
    public Chunk open(ChunkKey key, LoadCounts counts) {
        ParquetFooter footer = footer(key.object(), counts);
        RowGroup group = rowGroup(footer, key.rowGroup());
        int position = footer.indexOf(key.column());
        if (position < 0) {
            return new AbsentChunk(key.type(), group.rows());
        }
        checkType(footer, position, key.type());
        ChunkInfo chunk = group.chunks().get(position);
        long estimate = estimate(chunk, key.type());
        if (estimate > gateLimit) {
            throw new AquiferException(
                    ErrorCode.MEMORY_EXCEEDED,
                    "reading " + key + " would take about " + estimate + " bytes of memory, and this node has "
                            + gateLimit + " for it; give it more, or write the file with smaller row groups");
        }
        gate.enter(estimate);
        boolean opened = false;
        DecodeMemory memory = take();
        try {
            ColumnChunkReader reader = ColumnChunkReader.open(
                    new CountedStore(store, counts), footer, key.rowGroup(), key.column(), memory);
            metrics.add(Counter.HYDRATED_BYTES, chunk.compressedBytes());
            opened = true;
            return new FileChunk(reader, key.type(), group.rows(), estimate, memory);
        } finally {
            if (!opened) {
                giveBack(memory);
                gate.leave(estimate);
            }
        }
    }

    private DecodeMemory take() {
        DecodeMemory memory = idle.poll();
        return memory == null ? new DecodeMemory() : memory;
    }

    private void giveBack(DecodeMemory memory) {
        memory.trim();
        idle.push(memory);
    }

    /** The chunk as it is stored, a page or dictionary of it decompressed, and a stripe decoded and encoded. */
    private static long estimate(ChunkInfo chunk, DataType type) {
        long width = type.physical() == Physical.INT128 ? 16 : 8;
        return chunk.compressedBytes() + chunk.uncompressedBytes() + 2 * Stripes.MAX_ROWS * width;
    }

    /** A chunk of a file; holds its part of the memory until it is closed. */
    private final class FileChunk implements Chunk {
        private final ColumnChunkReader reader;
        private final DataType type;
        private final long rows;
        private final long held;
        private final DecodeMemory memory;

        FileChunk(ColumnChunkReader reader, DataType type, long rows, long held, DecodeMemory memory) {
            this.reader = reader;
            this.type = type;
            this.rows = rows;
            this.held = held;
            this.memory = memory;
        }

        @Override
        public long rows() {
            return rows;
        }

        @Override
        public @Nullable StripeColumn next() {
            StripeColumn column = reader.nextStripe();
            return column == null || column.type().equals(type) ? column : Widening.widen(column.decoded(), type);
        }

        @Override
        public void close() {
            giveBack(memory);
            gate.leave(held);
        }
    }

    /** A column that the file was written without: nulls. */
    private static final class AbsentChunk implements Chunk {
        private final DataType type;
        private final long rows;
        private int stripe;

        AbsentChunk(DataType type, long rows) {
            this.type = type;
            this.rows = rows;
        }

        @Override
        public long rows() {
            return rows;
        }

        @Override
        public @Nullable StripeColumn next() {
            if (stripe == ConstantColumns.stripes(rows)) {
                return null;
            }
            return ConstantColumns.of(type, null, ConstantColumns.rows(rows, stripe++));
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
