package dev.aquifer.lake.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.aquifer.lake.format.FileMetadata.Logical;
import dev.aquifer.lake.format.FileMetadata.SchemaNode;
import dev.aquifer.lake.format.MalformedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas as writers of all ages spell them. */
class SchemaMappingTest {
    private static SchemaNode node(
            String name, int type, int length, int repetition, int children, int converted, @Nullable Logical logical) {
        return new SchemaNode(name, type, length, repetition, children, converted, 2, 5, logical);
    }

    private static SchemaNode root(int children) {
        return node("schema", -1, 0, -1, children, -1, null);
    }

    private static String map(SchemaNode leaf) {
        LakeColumn column = SchemaMapping.map(List.of(root(1), leaf)).getFirst().column();
        return column.type() == null
                ? column.unsupportedReason()
                : column.type().toString();
    }

    @ParameterizedTest
    @CsvSource({
        "6, 0, VARCHAR",
        "6, 4, VARCHAR",
        "6, 19, VARCHAR",
        "6, -1, VARCHAR",
        "1, -1, INT32",
        "2, -1, INT64",
        "1, 5, 'DECIMAL(5,2)'",
        "2, 5, 'DECIMAL(5,2)'",
        "6, 5, 'DECIMAL(5,2)'",
        "7, 5, 'DECIMAL(5,2)'",
        "1, 6, DATE",
        "2, 9, TIMESTAMP",
        "2, 10, TIMESTAMP",
        "3, -1, TIMESTAMP",
        "1, 11, INT16",
        "1, 12, INT32",
        "1, 13, INT64",
        "2, 14, 'DECIMAL(20,0)'",
        "1, 15, INT8",
        "1, 16, INT16",
        "1, 17, INT32",
        "2, 18, INT64",
        "0, -1, BOOLEAN",
        "4, -1, FLOAT32",
        "5, -1, FLOAT64",
        "1, 7, TIME is not supported (stored as INT32)",
        "2, 8, TIME is not supported (stored as INT64)",
        "7, 21, INTERVAL is not supported (stored as FIXED_LEN_BYTE_ARRAY)",
        "6, 20, BSON is not supported (stored as BYTE_ARRAY)",
        "7, -1, FIXED_LEN_BYTE_ARRAY without a logical type",
        "9, -1, unknown physical type 9",
        "1, 14, UINT_64 is not supported (stored as INT32)",
    })
    void olderAnnotations(int type, int converted, String expected) {
        assertEquals(expected, map(node("c", type, 12, 1, 0, converted, null)));
    }

    @ParameterizedTest
    @CsvSource({
        "6, 1, VARCHAR",
        "7, 14, UUID is not supported (stored as FIXED_LEN_BYTE_ARRAY)",
        "1, 11, INT32",
        "6, 11, VARCHAR",
        "6, 17, GEOMETRY is not supported (stored as BYTE_ARRAY)",
        "6, 99, logical type number 99 is not supported (stored as BYTE_ARRAY)",
        "1, 6, DATE",
        "2, 6, DATE is not supported (stored as INT64)",
        "4, 1, STRING is not supported (stored as FLOAT)",
    })
    void newerAnnotations(int type, int logical, String expected) {
        assertEquals(expected, map(node("c", type, 16, 1, 0, -1, new Logical(logical, 0, 0, 0, 0, false))));
    }

    @Test
    void decimalsBeyond38DigitsAreRefused() {
        assertEquals(
                "DECIMAL(39,0): at most 38 digits, scale 0 to precision",
                map(node("c", 7, 17, 1, 0, -1, new Logical(Logical.DECIMAL, 0, 39, 0, 0, false))));
        assertEquals(
                "DECIMAL(5,-2): at most 38 digits, scale 0 to precision",
                map(node("c", 1, 0, 1, 0, -1, new Logical(Logical.DECIMAL, -2, 5, 0, 0, false))));
    }

    @Test
    void leavesAreCountedAcrossNestedColumns() {
        List<SchemaNode> nodes = new ArrayList<>(List.of(
                root(5),
                node("a", 1, 0, 0, 0, -1, null),
                node("s", -1, 0, 1, 2, -1, null),
                node("x", 1, 0, 1, 0, -1, null),
                node("l", -1, 0, 1, 1, 3, null),
                node("list", -1, 0, 2, 1, -1, null),
                node("element", 6, 0, 1, 0, 0, null),
                node("r", 1, 0, 2, 0, -1, null),
                node("a", 2, 0, 1, 0, -1, null),
                node("z", 5, 0, 1, 0, -1, null)));
        List<SchemaMapping.Entry> entries = SchemaMapping.map(nodes);
        assertEquals(
                List.of(0, 1, 3, 4, 5),
                entries.stream().map(SchemaMapping.Entry::firstLeaf).toList());
        assertEquals(
                List.of(1, 2, 1, 1, 1),
                entries.stream().map(SchemaMapping.Entry::leaves).toList());
        assertEquals(
                List.of(
                        "",
                        "nested type: struct",
                        "nested type: repeated values",
                        "an earlier column has the same name",
                        ""),
                entries.stream()
                        .map(entry -> entry.column().unsupportedReason())
                        .toList());
        nodes.removeLast();
        assertThrows(MalformedException.class, () -> SchemaMapping.map(nodes));
        assertThrows(MalformedException.class, () -> SchemaMapping.map(List.of()));
        assertThrows(
                MalformedException.class,
                () -> SchemaMapping.map(List.of(root(1), node("g", -1, 0, 1, Integer.MAX_VALUE, -1, null))));
        assertThrows(
                MalformedException.class, () -> SchemaMapping.map(List.of(root(1), node("g", -1, 0, 1, -1, -1, null))));
    }
}
