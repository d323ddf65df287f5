package dev.aquifer.lake.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.type.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Files of writers that the other tests cannot run, with what is odd about them. */
class OtherWritersTest {
    private static MemoryStore file(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(OtherWritersTest.class.getResourceAsStream(name), name)) {
            return new MemoryStore(in.readAllBytes());
        }
    }

    private static List<@Nullable Object> read(MemoryStore store, String column) {
        ParquetFooter footer = ParquetFooter.read(store, store.object());
        List<@Nullable Object> values = new ArrayList<>();
        for (RowGroup group : footer.rowGroups()) {
            for (Column stripe : ColumnChunkReader.read(store, footer, group.index(), column)) {
                for (int row = 0; row < stripe.size(); row++) {
                    values.add(stripe.value(row));
                }
            }
        }
        return values;
    }

    /** An empty table as Arrow C++ 25 writes it is a row group of no rows, at byte 0. */
    @Test
    void rowGroupsWithoutRows() throws IOException {
        MemoryStore store = file("arrow-empty-row-groups.parquet");
        ParquetFooter footer = ParquetFooter.read(store, store.object());
        assertEquals(
                List.of(0L, 2L, 0L),
                footer.rowGroups().stream().map(RowGroup::rows).toList());
        assertEquals(0, footer.rowGroups().getFirst().length());
        assertEquals(List.of(1L, 2L), read(store, "a"));
        assertEquals(Arrays.asList(Bytes.utf8("x"), null), read(store, "s"));
    }

    /** From the parquet-testing repository of Apache Parquet, there {@code nation.dict-malformed.parquet}. */
    @Test
    void lengthsWithoutTheHeaderOfTheDictionary() throws IOException {
        MemoryStore store = file("parquet-mr-dictionary-header.parquet");
        List<@Nullable Object> names = read(store, "name");
        assertEquals(25, names.size());
        assertEquals(Bytes.utf8("ALGERIA"), names.getFirst());
        assertEquals(Bytes.utf8("UNITED STATES"), names.getLast());
        assertEquals(25, read(store, "comment_col").size());
        assertEquals(24L, read(store, "nation_key").getLast());
    }

    @Test
    void onlyOldVersionsAreTakenForOld() {
        for (String old : List.of("parquet-mr", "parquet-mr version 1.2.8 (build x)", "parquet-mr version 0.9.0")) {
            assertTrue(OldWriters.forgetsDictionaryHeader(old), old);
        }
        for (String mended : List.of(
                "",
                "parquet-mr version 1.2.9",
                "parquet-mr version 1.18.1 (build x)",
                "parquet-mr version 2.0.0",
                "parquet-mr version 1.2",
                "parquet-cpp-arrow version 1.2.0",
                "parquet-mr version 99999999999.0.0")) {
            assertFalse(OldWriters.forgetsDictionaryHeader(mended), mended);
        }
    }
}
