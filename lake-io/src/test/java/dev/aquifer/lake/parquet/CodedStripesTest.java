package dev.aquifer.lake.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.lake.object.Failures;
import dev.aquifer.lake.object.Lake;
import dev.aquifer.lake.object.LakeConfig;
import dev.aquifer.spi.batch.CodedColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.StripeColumn;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text that the file holds as a dictionary: codes stay codes, as long as the writer kept to its dictionary. */
class CodedStripesTest {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            "message t { optional binary few (STRING); optional binary many (STRING); }");
    private static final int ROWS = 200_000;

    /** Few values, of which the last is met in the last stripe only. */
    private static @Nullable String few(int row, int nulls) {
        return isNull(row, nulls) ? null : row == ROWS - 2 ? "late" : "value " + row % 7;
    }

    /** Few values at first, then more than any dictionary takes. */
    private static @Nullable String many(int row, int nulls) {
        return isNull(row, nulls) ? null : row < 80_000 ? "begin " + row % 100 : "value number " + row;
    }

    private static boolean isNull(int row, int nulls) {
        return nulls > 0 && row % nulls == 1;
    }

    @ParameterizedTest
    @CsvSource({"PARQUET_1_0, 0", "PARQUET_1_0, 3", "PARQUET_2_0, 0", "PARQUET_2_0, 3"})
    void codesStayUntilTheWriterGivesUp(WriterVersion version, int nulls, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("t.parquet");
        try (ParquetWriter<Group> writer = new GroupBuilder(file, SCHEMA)
                .withWriterVersion(version)
                .withDictionaryEncoding(true)
                .withPageSize(10_000)
                .withDictionaryPageSize(300_000)
                .build()) {
            for (int row = 0; row < ROWS; row++) {
                Group group = new SimpleGroup(SCHEMA);
                add(group, "few", few(row, nulls));
                add(group, "many", many(row, nulls));
                writer.write(group);
            }
        }
        try (Lake lake = new Lake(LakeConfig.defaults())) {
            ParquetFooter footer = ParquetFooter.read(lake, lake.head(file.toString()));
            assertEquals(1, footer.rowGroups().size());
            ColumnChunkReader few = ColumnChunkReader.open(lake, footer, 0, "few");
            ColumnChunkReader many = ColumnChunkReader.open(lake, footer, 0, "many");
            List<Boolean> manyCoded = new ArrayList<>();
            int row = 0;
            // Each stripe is looked at before the next one takes its memory.
            for (StripeColumn stripe = few.nextStripe(); stripe != null; stripe = few.nextStripe()) {
                assertTrue(stripe instanceof CodedColumn coded
                        && coded.dictionary().size() == 8);
                Column fewValues = stripe.decoded();
                StripeColumn manyStripe = Objects.requireNonNull(many.nextStripe());
                manyCoded.add(manyStripe instanceof CodedColumn);
                Column manyValues = manyStripe.decoded();
                for (int i = 0; i < fewValues.size(); i++, row++) {
                    same(few(row, nulls), fewValues.value(i), row);
                    same(many(row, nulls), manyValues.value(i), row);
                }
            }
            assertEquals(ROWS, row);
            // The first is all codes, the second begins as codes and ends as plain values, the others are plain.
            assertEquals(List.of(true, false, false, false), manyCoded);
        }
    }

    /** A small file, and more text in a stripe than {@link ColumnChunkReader#next} gives out: neither does this way. */
    @ParameterizedTest
    @CsvSource({"1000, true", "1024, false"})
    void aLongTextThatRepeats(int rows, boolean fits, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("t.parquet");
        try (ParquetWriter<Group> writer = new GroupBuilder(file, SCHEMA)
                .withDictionaryEncoding(true)
                .withDictionaryPageSize(4 << 20)
                .build()) {
            Binary text = Binary.fromString("x".repeat(1 << 20));
            for (int row = 0; row < rows + 1; row++) {
                Group group = new SimpleGroup(SCHEMA);
                if (row != 1) {
                    group.add("few", text);
                }
                writer.write(group);
            }
        }
        assertTrue(Files.size(file) < 4 << 20);
        try (Lake lake = new Lake(LakeConfig.defaults())) {
            ParquetFooter footer = ParquetFooter.read(lake, lake.head(file.toString()));
            ColumnChunkReader reader = ColumnChunkReader.open(lake, footer, 0, "few");
            if (fits) {
                assertTrue(reader.nextStripe() instanceof CodedColumn);
            } else {
                Failures.expect(ErrorCode.UNSUPPORTED_FILE, reader::nextStripe, "few", "1024 MiB of text");
            }
        }
    }

    private static void add(Group group, String column, @Nullable String value) {
        if (value != null) {
            group.add(column, value);
        }
    }

    private static void same(@Nullable String expected, @Nullable Object actual, int row) {
        if (expected == null) {
            assertNull(actual, () -> "row " + row);
        } else {
            assertEquals(Bytes.of(expected.getBytes(StandardCharsets.UTF_8)), actual, () -> "row " + row);
        }
    }
}
