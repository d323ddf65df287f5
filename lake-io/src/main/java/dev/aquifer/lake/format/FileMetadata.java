package dev.aquifer.lake.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Parquet footer holds, in the shape of parquet.thrift, less what no reader here needs. Numbers of enumerations are
 * kept as they are: a file may use values that came after this code.
 *
 * @param typeOrdered for each leaf, whether {@code min_value} and {@code max_value} follow the order of its type
 * @param encrypted whether the file's columns are encrypted under a plain footer
 */
public record FileMetadata(
        List<SchemaNode> schema,
        long rows,
        List<RowGroupEntry> rowGroups,
        String createdBy,
        List<Boolean> typeOrdered,
        boolean encrypted) {

    /**
     * A node of the schema tree, which is listed depth first.
     *
     * @param type a physical type of {@link PhysicalType}, or -1 for a group
     * @param repetition 0 required, 1 optional, 2 repeated; -1 for the root
     * @param converted the older annotation, or -1
     * @param logical the newer annotation, or null
     */
    public record SchemaNode(
            String name,
            int type,
            int typeLength,
            int repetition,
            int children,
            int converted,
            int scale,
            int precision,
            @Nullable Logical logical) {}

    /**
     * A logical type: a field of the union of that name.
     *
     * @param kind the union's field id, such as 1 for STRING
     * @param scale of DECIMAL
     * @param precision of DECIMAL
     * @param unit of TIME and TIMESTAMP: 1 milliseconds, 2 microseconds, 3 nanoseconds
     * @param bits of INTEGER
     * @param signed of INTEGER
     */
    public record Logical(int kind, int scale, int precision, int unit, int bits, boolean signed) {
        public static final int STRING = 1;
        public static final int MAP = 2;
        public static final int LIST = 3;
        public static final int ENUM = 4;
        public static final int DECIMAL = 5;
        public static final int DATE = 6;
        public static final int TIME = 7;
        public static final int TIMESTAMP = 8;
        public static final int INTEGER = 10;
        /** Every value is null. */
        public static final int UNKNOWN = 11;

        public static final int JSON = 12;
        public static final int BSON = 13;
        public static final int UUID = 14;
        public static final int FLOAT16 = 15;
        public static final int VARIANT = 16;
    }

    public record RowGroupEntry(List<ChunkEntry> chunks, long rows) {}

    /**
     * A column chunk: one leaf of one row group.
     *
     * @param filePath another file that holds the chunk, or empty
     * @param type the physical type, or -1 where the chunk's metadata is missing or encrypted
     * @param dictionaryOffset of the dictionary page, or -1
     */
    public record ChunkEntry(
            String filePath,
            int type,
            int codec,
            long values,
            long uncompressedBytes,
            long compressedBytes,
            long dataOffset,
            long dictionaryOffset,
            @Nullable ChunkStatistics statistics,
            boolean encrypted) {}

    /**
     * Statistics of a chunk; null where the file does not tell.
     *
     * @param oldMin {@code min}: of no defined order for bytes and unsigned numbers
     * @param min {@code min_value}
     */
    public record ChunkStatistics(
            byte @Nullable [] oldMin,
            byte @Nullable [] oldMax,
            byte @Nullable [] min,
            byte @Nullable [] max,
            long nullCount,
            @Nullable Boolean minExact,
            @Nullable Boolean maxExact) {}
}
