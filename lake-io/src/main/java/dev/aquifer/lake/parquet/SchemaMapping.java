package dev.aquifer.lake.parquet;

import dev.aquifer.lake.format.FileMetadata.Logical;
import dev.aquifer.lake.format.FileMetadata.SchemaNode;
import dev.aquifer.lake.format.MalformedException;
import dev.aquifer.lake.format.PhysicalType;
import dev.aquifer.lake.page.ColumnLayout;
import dev.aquifer.lake.page.Conversion;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From Parquet's schema to SQL types. Unsigned integers become the next wider type (UINT_64 DECIMAL(20,0)), FLOAT16
 * FLOAT32, and BYTE_ARRAY without an annotation VARCHAR, because older writers leave the annotation away; bytes that are
 * not UTF-8 are refused when they are read.
 */
final class SchemaMapping {
    private SchemaMapping() {}

    /**
     * A top-level column.
     *
     * @param layout how it is stored; null where it is not supported
     * @param firstLeaf the number of its first column chunk in a row group
     * @param leaves its column chunks: 1 of a flat column
     */
    record Entry(LakeColumn column, @Nullable ColumnLayout layout, int firstLeaf, int leaves) {}

    static List<Entry> map(List<SchemaNode> nodes) {
        if (nodes.isEmpty()) {
            throw new MalformedException("it has no schema");
        }
        List<Entry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int top = nodes.getFirst().children();
        int at = 1;
        int leaf = 0;
        for (int i = 0; i < top; i++) {
            int from = at;
            int firstLeaf = leaf;
            // The tree is listed depth first: a subtree ends where no announced child is missing.
            for (long missing = 1; missing > 0; missing--) {
                if (at >= nodes.size()) {
                    throw new MalformedException("its schema ends early");
                }
                SchemaNode node = nodes.get(at++);
                if (node.children() < 0) {
                    throw new MalformedException("its schema has a group of " + node.children() + " columns");
                }
                missing += node.children();
                leaf += node.type() >= 0 && node.children() == 0 ? 1 : 0;
            }
            entries.add(entry(
                    nodes.get(from), from + 1 < at ? nodes.get(from + 1) : null, firstLeaf, leaf - firstLeaf, names));
        }
        if (at != nodes.size()) {
            throw new MalformedException("its schema has " + (nodes.size() - at) + " nodes outside of the tree");
        }
        return List.copyOf(entries);
    }

    private static Entry entry(
            SchemaNode node, @Nullable SchemaNode child, int firstLeaf, int leaves, Set<String> names) {
        String reason = "";
        ColumnLayout layout = null;
        if (!names.add(node.name())) {
            reason = "an earlier column has the same name";
        } else if (node.type() < 0 || node.children() > 0) {
            reason = "nested type: " + nesting(node, child);
        } else if (node.repetition() == 2) {
            reason = "nested type: repeated values";
        } else {
            Mapped mapped = leaf(node);
            layout = mapped.layout;
            reason = mapped.reason;
        }
        LakeColumn column = new LakeColumn(node.name(), layout == null ? null : layout.type(), reason);
        return new Entry(column, layout, firstLeaf, leaves);
    }

    private static String nesting(SchemaNode node, @Nullable SchemaNode child) {
        int kind = node.logical() == null ? -1 : node.logical().kind();
        if (kind == Logical.VARIANT) {
            return "variant";
        }
        if (kind == Logical.LIST || node.converted() == 3) {
            return "list";
        }
        if (kind == Logical.MAP || node.converted() == 1 || node.converted() == 2) {
            return "map";
        }
        return child != null && child.repetition() == 2 && node.children() == 1 ? "list" : "struct";
    }

    private record Mapped(@Nullable ColumnLayout layout, String reason) {}

    private static Mapped unsupported(String reason) {
        return new Mapped(null, reason);
    }

    private static Mapped leaf(SchemaNode node) {
        PhysicalType stored = PhysicalType.of(node.type());
        if (stored == null) {
            return unsupported("unknown physical type " + node.type());
        }
        Logical logical = node.logical() == null ? fromConverted(node) : node.logical();
        return switch (stored) {
            case BOOLEAN -> plain(node, stored, logical, DataType.BOOLEAN);
            case INT32 -> ints(node, stored, logical);
            case INT64 -> longs(node, stored, logical);
            case INT96 -> layout(node, stored, DataType.TIMESTAMP, Conversion.INT96, 12);
            case FLOAT -> plain(node, stored, logical, DataType.FLOAT32);
            case DOUBLE -> plain(node, stored, logical, DataType.FLOAT64);
            case BYTE_ARRAY -> bytes(node, logical);
            case FIXED_LEN_BYTE_ARRAY -> fixed(node, logical);
        };
    }

    /** The older annotations in the terms of the newer ones. */
    private static @Nullable Logical fromConverted(SchemaNode node) {
        return switch (node.converted()) {
            case 0 -> of(Logical.STRING);
            case 4 -> of(Logical.ENUM);
            case 5 -> new Logical(Logical.DECIMAL, node.scale(), node.precision(), 0, 0, false);
            case 6 -> of(Logical.DATE);
            case 7, 8 -> new Logical(Logical.TIME, 0, 0, node.converted() - 6, 0, false);
            case 9, 10 -> new Logical(Logical.TIMESTAMP, 0, 0, node.converted() - 8, 0, false);
            case 11, 12, 13, 14 -> new Logical(Logical.INTEGER, 0, 0, 0, 8 << (node.converted() - 11), false);
            case 15, 16, 17, 18 -> new Logical(Logical.INTEGER, 0, 0, 0, 8 << (node.converted() - 15), true);
            case 19 -> of(Logical.JSON);
            case 20 -> of(Logical.BSON);
            // INTERVAL has no newer form; 0 is no field of the union.
            case 21 -> of(0);
            default -> null;
        };
    }

    private static Logical of(int kind) {
        return new Logical(kind, 0, 0, 0, 0, false);
    }

    private static Mapped plain(SchemaNode node, PhysicalType stored, @Nullable Logical logical, DataType type) {
        return logical == null || logical.kind() == Logical.UNKNOWN
                ? layout(node, stored, type, Conversion.NONE, 0)
                : unsupported(describe(stored, logical));
    }

    private static Mapped ints(SchemaNode node, PhysicalType stored, @Nullable Logical logical) {
        if (logical == null) {
            return plain(node, stored, null, DataType.INT32);
        }
        return switch (logical.kind()) {
            case Logical.DATE -> layout(node, stored, DataType.DATE, Conversion.NONE, 0);
            case Logical.DECIMAL -> decimal(node, stored, logical, 0);
            case Logical.INTEGER ->
                switch (logical.bits()) {
                    case 8 ->
                        logical.signed()
                                ? bounded(node, stored, DataType.INT8, Byte.MIN_VALUE, Byte.MAX_VALUE)
                                : bounded(node, stored, DataType.INT16, 0, 0xff);
                    case 16 ->
                        logical.signed()
                                ? bounded(node, stored, DataType.INT16, Short.MIN_VALUE, Short.MAX_VALUE)
                                : bounded(node, stored, DataType.INT32, 0, 0xffff);
                    case 32 ->
                        logical.signed()
                                ? layout(node, stored, DataType.INT32, Conversion.NONE, 0)
                                : layout(node, stored, DataType.INT64, Conversion.UNSIGNED_INT, 0);
                    default -> unsupported(describe(stored, logical));
                };
            default -> plain(node, stored, logical, DataType.INT32);
        };
    }

    private static Mapped longs(SchemaNode node, PhysicalType stored, @Nullable Logical logical) {
        if (logical == null) {
            return plain(node, stored, null, DataType.INT64);
        }
        return switch (logical.kind()) {
            case Logical.TIMESTAMP ->
                switch (logical.unit()) {
                    case 1 -> layout(node, stored, DataType.TIMESTAMP, Conversion.MILLIS, 0);
                    case 2 -> layout(node, stored, DataType.TIMESTAMP, Conversion.NONE, 0);
                    case 3 -> layout(node, stored, DataType.TIMESTAMP, Conversion.NANOS, 0);
                    default -> unsupported(describe(stored, logical));
                };
            case Logical.DECIMAL -> decimal(node, stored, logical, 0);
            case Logical.INTEGER -> {
                if (logical.bits() != 64) {
                    yield unsupported(describe(stored, logical));
                }
                yield logical.signed()
                        ? layout(node, stored, DataType.INT64, Conversion.NONE, 0)
                        : layout(node, stored, DataType.decimal(20, 0), Conversion.UNSIGNED_LONG, 0);
            }
            default -> plain(node, stored, logical, DataType.INT64);
        };
    }

    private static Mapped bytes(SchemaNode node, @Nullable Logical logical) {
        int kind = logical == null ? Logical.STRING : logical.kind();
        return switch (kind) {
            case Logical.STRING, Logical.ENUM, Logical.JSON, Logical.UNKNOWN ->
                layout(node, PhysicalType.BYTE_ARRAY, DataType.VARCHAR, Conversion.TEXT, 0);
            case Logical.DECIMAL ->
                logical == null
                        ? unsupported("DECIMAL without precision")
                        : decimal(node, PhysicalType.BYTE_ARRAY, logical, 0);
            default -> unsupported(describe(PhysicalType.BYTE_ARRAY, logical));
        };
    }

    private static Mapped fixed(SchemaNode node, @Nullable Logical logical) {
        int width = node.typeLength();
        if (width < 1) {
            return unsupported("FIXED_LEN_BYTE_ARRAY of " + width + " bytes");
        }
        if (logical != null && logical.kind() == Logical.DECIMAL) {
            return decimal(node, PhysicalType.FIXED_LEN_BYTE_ARRAY, logical, width);
        }
        if (logical != null && logical.kind() == Logical.FLOAT16 && width == 2) {
            return layout(node, PhysicalType.FIXED_LEN_BYTE_ARRAY, DataType.FLOAT32, Conversion.FLOAT16, width);
        }
        return unsupported(describe(PhysicalType.FIXED_LEN_BYTE_ARRAY, logical));
    }

    private static Mapped decimal(SchemaNode node, PhysicalType stored, Logical logical, int width) {
        int precision = logical.precision();
        int scale = logical.scale();
        if (precision < 1 || precision > DataType.MAX_PRECISION || scale < 0 || scale > precision) {
            return unsupported("DECIMAL(" + precision + "," + scale + "): at most 38 digits, scale 0 to precision");
        }
        DataType type = DataType.decimal(precision, scale);
        if (stored == PhysicalType.BYTE_ARRAY || stored == PhysicalType.FIXED_LEN_BYTE_ARRAY) {
            return layout(node, stored, type, Conversion.DECIMAL, width);
        }
        return precision > DataType.MAX_LONG_PRECISION
                ? layout(node, stored, type, Conversion.SIGNED_LONG, 0)
                : bounded(node, stored, type, type.minLong(), type.maxLong());
    }

    private static Mapped bounded(SchemaNode node, PhysicalType stored, DataType type, long low, long high) {
        return new Mapped(new ColumnLayout(type, stored, 0, node.repetition() == 1, Conversion.BOUNDED, low, high), "");
    }

    private static Mapped layout(
            SchemaNode node, PhysicalType stored, DataType type, Conversion conversion, int width) {
        return new Mapped(new ColumnLayout(type, stored, width, node.repetition() == 1, conversion, 0, 0), "");
    }

    private static String describe(PhysicalType stored, @Nullable Logical logical) {
        if (logical == null) {
            return stored + " without a logical type";
        }
        String name = switch (logical.kind()) {
            case 0 -> "INTERVAL";
            case Logical.STRING -> "STRING";
            case Logical.ENUM -> "ENUM";
            case Logical.DECIMAL -> "DECIMAL";
            case Logical.DATE -> "DATE";
            case Logical.TIME -> "TIME";
            case Logical.TIMESTAMP -> "TIMESTAMP";
            case Logical.INTEGER -> (logical.signed() ? "INT_" : "UINT_") + logical.bits();
            case Logical.JSON -> "JSON";
            case Logical.BSON -> "BSON";
            case Logical.UUID -> "UUID";
            case Logical.FLOAT16 -> "FLOAT16";
            case 17 -> "GEOMETRY";
            case 18 -> "GEOGRAPHY";
            default -> "logical type number " + logical.kind();
        };
        return name + " is not supported (stored as " + stored + ")";
    }
}
