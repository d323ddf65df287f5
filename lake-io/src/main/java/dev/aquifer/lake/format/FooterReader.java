package dev.aquifer.lake.format;

import dev.aquifer.lake.format.FileMetadata.ChunkEntry;
import dev.aquifer.lake.format.FileMetadata.ChunkStatistics;
import dev.aquifer.lake.format.FileMetadata.Logical;
import dev.aquifer.lake.format.FileMetadata.RowGroupEntry;
import dev.aquifer.lake.format.FileMetadata.SchemaNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a {@code FileMetaData} of parquet.thrift; the numbers are its field ids. */
public final class FooterReader {
    private final CompactReader in;

    private FooterReader(CompactReader in) {
        this.in = in;
    }

    /**
     * Reads the footer's structure from {@code bytes[from .. end)}.
     *
     * @throws MalformedException if it is none
     */
    public static FileMetadata read(byte[] bytes, int from, int end) {
        return new FooterReader(new CompactReader(bytes, from, end)).file();
    }

    private FileMetadata file() {
        List<SchemaNode> schema = List.of();
        long rows = -1;
        List<RowGroupEntry> rowGroups = List.of();
        String createdBy = "";
        List<Boolean> typeOrdered = List.of();
        boolean encrypted = false;
        int outer = in.enter();
        while (in.nextField()) {
            switch (in.field()) {
                case 2 -> schema = in.structs(this::node);
                case 3 -> rows = in.i64();
                case 4 -> rowGroups = in.structs(this::rowGroup);
                case 6 -> createdBy = in.string();
                case 7 -> typeOrdered = in.structs(this::columnOrder);
                case 8 -> {
                    encrypted = true;
                    in.skip();
                }
                default -> in.skip();
            }
        }
        in.leave(outer);
        return new FileMetadata(schema, rows, rowGroups, createdBy, typeOrdered, encrypted);
    }

    private SchemaNode node() {
        int type = -1;
        int typeLength = 0;
        int repetition = -1;
        String name = "";
        int children = 0;
        int converted = -1;
        int scale = 0;
        int precision = 0;
        Logical logical = null;
        int outer = in.enter();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> type = in.i32();
                case 2 -> typeLength = in.i32();
                case 3 -> repetition = in.i32();
                case 4 -> name = in.string();
                case 5 -> children = in.i32();
                case 6 -> converted = in.i32();
                case 7 -> scale = in.i32();
                case 8 -> precision = in.i32();
                case 10 -> logical = logical();
                default -> in.skip();
            }
        }
        in.leave(outer);
        return new SchemaNode(name, type, typeLength, repetition, children, converted, scale, precision, logical);
    }

    private @Nullable Logical logical() {
        in.expectStruct();
        Logical logical = null;
        int outer = in.enter();
        while (in.nextField()) {
            int kind = in.field();
            switch (kind) {
                case Logical.DECIMAL -> logical = decimal();
                case Logical.TIME, Logical.TIMESTAMP -> logical = time(kind);
                case Logical.INTEGER -> logical = integer();
                default -> {
                    in.skip();
                    logical = new Logical(kind, 0, 0, 0, 0, false);
                }
            }
        }
        in.leave(outer);
        return logical;
    }

    private Logical decimal() {
        in.expectStruct();
        int scale = 0;
        int precision = 0;
        int outer = in.enter();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> scale = in.i32();
                case 2 -> precision = in.i32();
                default -> in.skip();
            }
        }
        in.leave(outer);
        return new Logical(Logical.DECIMAL, scale, precision, 0, 0, false);
    }

    private Logical time(int kind) {
        in.expectStruct();
        int unit = 0;
        int outer = in.enter();
        while (in.nextField()) {
            switch (in.field()) {
                case 2 -> unit = unit();
                default -> in.skip();
            }
        }
        in.leave(outer);
        return new Logical(kind, 0, 0, unit, 0, false);
    }

    private int unit() {
        in.expectStruct();
        int unit = 0;
        int outer = in.enter();
        while (in.nextField()) {
            unit = in.field();
            in.skip();
        }
        in.leave(outer);
        return unit;
    }

    private Logical integer() {
        in.expectStruct();
        int bits = 0;
        boolean signed = false;
        int outer = in.enter();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> bits = in.i8();
                case 2 -> signed = in.bool();
                default -> in.skip();
            }
        }
        in.leave(outer);
        return new Logical(Logical.INTEGER, 0, 0, 0, bits, signed);
    }

    /** Whether the order is TYPE_ORDER, the only one whose meaning is known here. */
    private boolean columnOrder() {
        boolean typeOrder = false;
        int outer = in.enter();
        while (in.nextField()) {
            typeOrder = in.field() == 1;
            in.skip();
        }
        in.leave(outer);
        return typeOrder;
    }

    private RowGroupEntry rowGroup() {
        List<ChunkEntry> chunks = List.of();
        long rows = -1;
        int outer = in.enter();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> chunks = in.structs(this::chunk);
                case 3 -> rows = in.i64();
                default -> in.skip();
            }
        }
        in.leave(outer);
        return new RowGroupEntry(chunks, rows);
    }

    private ChunkEntry chunk() {
        String filePath = "";
        ChunkEntry chunk = null;
        boolean encrypted = false;
        int outer = in.enter();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> filePath = in.string();
                case 3 -> chunk = metadata();
                case 8, 9 -> {
                    encrypted = true;
                    in.skip();
                }
                default -> in.skip();
            }
        }
        in.leave(outer);
        if (chunk == null) {
            return new ChunkEntry(filePath, -1, 0, 0, 0, 0, 0, -1, null, encrypted);
        }
        return new ChunkEntry(
                filePath,
                chunk.type(),
                chunk.codec(),
                chunk.values(),
                chunk.uncompressedBytes(),
                chunk.compressedBytes(),
                chunk.dataOffset(),
                chunk.dictionaryOffset(),
                chunk.statistics(),
                encrypted);
    }

    private ChunkEntry metadata() {
        in.expectStruct();
        int type = -1;
        int codec = -1;
        long values = -1;
        long uncompressed = -1;
        long compressed = -1;
        long dataOffset = -1;
        long dictionaryOffset = -1;
        ChunkStatistics statistics = null;
        int outer = in.enter();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> type = in.i32();
                case 4 -> codec = in.i32();
                case 5 -> values = in.i64();
                case 6 -> uncompressed = in.i64();
                case 7 -> compressed = in.i64();
                case 9 -> dataOffset = in.i64();
                case 11 -> dictionaryOffset = in.i64();
                case 12 -> statistics = statistics();
                default -> in.skip();
            }
        }
        in.leave(outer);
        return new ChunkEntry(
                "", type, codec, values, uncompressed, compressed, dataOffset, dictionaryOffset, statistics, false);
    }

    private ChunkStatistics statistics() {
        in.expectStruct();
        byte[] oldMax = null;
        byte[] oldMin = null;
        byte[] max = null;
        byte[] min = null;
        long nullCount = -1;
        Boolean maxExact = null;
        Boolean minExact = null;
        int outer = in.enter();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> oldMax = in.binary();
                case 2 -> oldMin = in.binary();
                case 3 -> nullCount = in.i64();
                case 5 -> max = in.binary();
                case 6 -> min = in.binary();
                case 7 -> maxExact = in.bool();
                case 8 -> minExact = in.bool();
                default -> in.skip();
            }
        }
        in.leave(outer);
        return new ChunkStatistics(oldMin, oldMax, min, max, nullCount, minExact, maxExact);
    }
}
