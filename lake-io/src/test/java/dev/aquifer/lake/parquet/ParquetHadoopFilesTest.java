package dev.aquifer.lake.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.lake.object.Failures;
import dev.aquifer.lake.object.Lake;
import dev.aquifer.lake.object.LakeConfig;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the reference writer: every type, encoding, codec and page version. */
class ParquetHadoopFilesTest {
    private static final long SEED = Long.getLong("aquifer.seed", 20240607);

    private static void check(Written written, Path file) {
        Map<String, List<Object>> read = new LinkedHashMap<>();
        ReadBack.values(file).forEach((name, values) -> read.put(name, new ArrayList<>(values)));
        assertEquals(written.values().keySet(), read.keySet());
        written.values().forEach((name, expected) -> {
            List<Object> actual = ReadBack.of(read, name);
            assertEquals(expected.size(), actual.size());
            for (int row = 0; row < expected.size(); row++) {
                int at = row;
                assertEquals(expected.get(row), actual.get(row), () -> name + " at row " + at + ", seed " + SEED);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "PARQUET_1_0, UNCOMPRESSED, true, false, 5, 3000",
        "PARQUET_1_0, SNAPPY, true, false, 2, 3000",
        "PARQUET_1_0, ZSTD, false, false, 0, 3000",
        "PARQUET_1_0, GZIP, false, true, 9, 3000",
        "PARQUET_1_0, LZ4_RAW, true, false, 1, 3000",
        "PARQUET_1_0, UNCOMPRESSED, false, false, 2, 70000",
        "PARQUET_2_0, UNCOMPRESSED, true, false, 5, 3000",
        "PARQUET_2_0, SNAPPY, false, false, 2, 3000",
        "PARQUET_2_0, ZSTD, false, true, 0, 3000",
        "PARQUET_2_0, GZIP, true, true, 9, 3000",
        "PARQUET_2_0, LZ4_RAW, false, false, 1, 3000",
        "PARQUET_2_0, ZSTD, true, false, 20, 70000",
    })
    void valuesAreThoseWritten(
            WriterVersion version,
            CompressionCodecName codec,
            boolean dictionary,
            boolean split,
            int nulls,
            int rows,
            @TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("t.parquet");
        Written written = Written.write(
                file,
                rows,
                nulls,
                new SplittableRandom(SEED + rows + nulls),
                builder -> builder.withWriterVersion(version)
                        .withCompressionCodec(codec)
                        .withDictionaryEncoding(dictionary)
                        .withByteStreamSplitEncoding(split)
                        .withPageWriteChecksumEnabled(true)
                        .withPageSize(rows > 10_000 ? 1 << 20 : 3000)
                        .withDictionaryPageSize(20_000)
                        .withRowGroupRowCountLimit(rows > 10_000 ? rows : 1000));
        check(written, file);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 63, 64, 65, 1023, 1024, 1025})
    void anyNumberOfRows(int rows, @TempDir Path folder) throws IOException {
        for (WriterVersion version : WriterVersion.values()) {
            Path file = folder.resolve(version + ".parquet");
            check(
                    Written.write(
                            file,
                            rows,
                            3,
                            new SplittableRandom(SEED + rows),
                            builder -> builder.withWriterVersion(version).withPageSize(100_000)),
                    file);
        }
    }

    /** The tests above are worth what the writer really used. */
    @Test
    void theWriterUsesTheEncodingsThatAreTested(@TempDir Path folder) throws IOException {
        Set<String> seen = new TreeSet<>();
        for (WriterVersion version : WriterVersion.values()) {
            for (boolean split : new boolean[] {false, true}) {
                Path file = folder.resolve(version + "-" + split);
                Written.write(
                        file,
                        500,
                        3,
                        new SplittableRandom(SEED),
                        builder -> builder.withWriterVersion(version)
                                .withDictionaryEncoding(false)
                                .withDictionaryEncoding("few", true)
                                .withByteStreamSplitEncoding(split));
                ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                        .build();
                try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
                    reader.getFooter()
                            .getBlocks()
                            .getFirst()
                            .getColumns()
                            .forEach(chunk -> chunk.getEncodings().forEach(encoding -> seen.add(encoding.name())));
                }
            }
        }
        assertTrue(
                seen.containsAll(Set.of(
                        "PLAIN",
                        "PLAIN_DICTIONARY",
                        "RLE_DICTIONARY",
                        "RLE",
                        "DELTA_BINARY_PACKED",
                        "DELTA_BYTE_ARRAY",
                        "BYTE_STREAM_SPLIT")),
                seen::toString);
    }

    @Test
    void typesAreMapped(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("t.parquet");
        Written.write(file, 1, 0, new SplittableRandom(SEED), builder -> builder);
        try (Lake lake = new Lake(LakeConfig.defaults())) {
            Map<String, DataType> types = new LinkedHashMap<>();
            ParquetFooter.read(lake, lake.head(file.toString()))
                    .columns()
                    .forEach(column -> types.put(column.name(), column.type()));
            assertEquals(Written.TYPES, types);
        }
    }

    @ParameterizedTest
    @CsvSource({"LZ4", "BROTLI", "LZO"})
    void codecsThatCannotBeReadAreToldByName(CompressionCodecName codec, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("t.parquet");
        Written.write(file, 10, 0, new SplittableRandom(SEED), builder -> builder.withCompressionCodec(codec));
        try (Lake lake = new Lake(LakeConfig.defaults())) {
            ParquetFooter footer = ParquetFooter.read(lake, lake.head(file.toString()));
            assertEquals(
                    "compressed with " + codec + ", which is not supported",
                    footer.columns().getFirst().unsupportedReason());
            Failures.expect(
                    ErrorCode.UNSUPPORTED_FILE,
                    () -> ColumnChunkReader.read(lake, footer, 0, "id"),
                    "id",
                    codec.toString(),
                    file.toString());
        }
    }
}
