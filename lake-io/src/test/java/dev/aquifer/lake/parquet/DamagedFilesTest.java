package dev.aquifer.lake.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.aquifer.lake.format.CompactWriter;
import dev.aquifer.lake.format.PageHeader;
import dev.aquifer.lake.object.Failures;
import dev.aquifer.lake.parquet.ParquetFooter.Location;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.StripeColumn;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCategory;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever happens to a file, reading it gives its rows or a clear error, in bounded time and memory. */
class DamagedFilesTest {
    private static final long SEED = Long.getLong("aquifer.seed", 4711);
    /** The files here have some 100 KB; reading one may allocate this much before it is called unbounded. */
    private static final long MOST_ALLOCATED = 256L << 20;

    private static byte[] file(
            Path folder,
            WriterVersion version,
            CompressionCodecName codec,
            boolean dictionary,
            boolean split,
            boolean checked)
            throws IOException {
        Path file = folder.resolve("t.parquet");
        Written.write(
                file,
                400,
                4,
                new SplittableRandom(SEED),
                builder -> builder.withWriterVersion(version)
                        .withCompressionCodec(codec)
                        .withDictionaryEncoding(dictionary)
                        .withByteStreamSplitEncoding(split)
                        .withPageWriteChecksumEnabled(checked)
                        .withPageSize(1000)
                        .withRowGroupRowCountLimit(150));
        return Files.readAllBytes(file);
    }

    /** Every column of a file, or the first failure. */
    private static Map<String, List<@Nullable Object>> read(byte[] bytes) {
        MemoryStore store = new MemoryStore(bytes);
        ParquetFooter footer = ParquetFooter.read(store, store.object());
        Map<String, List<@Nullable Object>> values = new TreeMap<>();
        for (String column : ReadBack.supported(footer)) {
            List<@Nullable Object> of = new ArrayList<>();
            for (RowGroup group : footer.rowGroups()) {
                ColumnChunkReader reader = ColumnChunkReader.open(store, footer, group.index(), column);
                for (StripeColumn read = reader.nextStripe(); read != null; read = reader.nextStripe()) {
                    Column stripe = read.decoded();
                    for (int row = 0; row < stripe.size(); row++) {
                        of.add(stripe.value(row));
                    }
                }
            }
            values.put(column, of);
        }
        return values;
    }

    /** The failure of reading, or null where it succeeds. Anything but an expected failure fails the test. */
    private static @Nullable AquiferException failure(byte[] bytes, String damage) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        AquiferException failure = null;
        try {
            read(bytes);
        } catch (AquiferException e) {
            boolean expected = e.code().category() == ErrorCategory.STORAGE || e.code() == ErrorCode.OUT_OF_RANGE;
            assertTrue(expected, () -> damage + ": " + e);
            String message = String.valueOf(e.getMessage());
            assertTrue(message.contains(MemoryStore.URI), () -> damage + ": " + message);
            failure = e;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(damage, e);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < MOST_ALLOCATED, () -> damage + " made reading allocate " + allocated + " bytes");
        return failure;
    }

    @ParameterizedTest
    @CsvSource({
        "PARQUET_1_0, UNCOMPRESSED, true, false",
        "PARQUET_1_0, UNCOMPRESSED, false, true",
        "PARQUET_2_0, UNCOMPRESSED, false, false",
        "PARQUET_1_0, SNAPPY, true, false",
        "PARQUET_2_0, ZSTD, true, false",
        "PARQUET_2_0, GZIP, false, true",
        "PARQUET_1_0, LZ4_RAW, false, false",
    })
    void flippedBitsGiveRowsOrAClearError(
            WriterVersion version, CompressionCodecName codec, boolean dictionary, boolean split, @TempDir Path folder)
            throws IOException {
        byte[] sound = file(folder, version, codec, dictionary, split, false);
        SplittableRandom random = new SplittableRandom(SEED + codec.name().length());
        int failures = 0;
        for (int round = 0; round < 150; round++) {
            byte[] damaged = sound.clone();
            // Half of the rounds damage the footer, which is the smaller part and has the lengths.
            int from = round % 2 == 0 ? 0 : footerStart(sound);
            StringBuilder damage = new StringBuilder("seed " + SEED + ", round " + round + ", bits");
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                int at = random.nextInt(from, damaged.length);
                int bit = random.nextInt(8);
                damaged[at] ^= (byte) (1 << bit);
                damage.append(' ').append(at).append('.').append(bit);
            }
            failures += failure(damaged, damage.toString()) == null ? 0 : 1;
        }
        assertTrue(failures > 20, "only " + failures + " of 150 rounds damaged anything");
    }

    private static int footerStart(byte[] file) {
        int length = file.length;
        return length
                - 8
                - (file[length - 8] & 0xff | (file[length - 7] & 0xff) << 8 | (file[length - 6] & 0xff) << 16);
    }

    @Test
    void checksumsCatchEveryDamagedPage(@TempDir Path folder) throws IOException {
        for (WriterVersion version : WriterVersion.values()) {
            byte[] sound = file(folder, version, CompressionCodecName.UNCOMPRESSED, true, false, true);
            Files.delete(folder.resolve("t.parquet"));
            List<int[]> pages = pages(sound);
            assertTrue(pages.size() > 50);
            SplittableRandom random = new SplittableRandom(SEED);
            for (int round = 0; round < 150; round++) {
                int[] page = pages.get(random.nextInt(pages.size()));
                int at = random.nextInt(page[0], page[1]);
                byte[] damaged = sound.clone();
                damaged[at] ^= (byte) (1 << random.nextInt(8));
                Failures.expect(ErrorCode.CORRUPT_FILE, () -> read(damaged), "checksum", "row group", "column");
            }
        }
    }

    /** Where the bytes of all pages are. */
    private static List<int[]> pages(byte[] file) {
        MemoryStore store = new MemoryStore(file);
        ParquetFooter footer = ParquetFooter.read(store, store.object());
        List<int[]> pages = new ArrayList<>();
        for (RowGroup group : footer.rowGroups()) {
            for (int column = 0; column < footer.columns().size(); column++) {
                Location chunk = footer.location(group.index(), column);
                int end = (int) (chunk.start() + chunk.length());
                for (int at = (int) chunk.start(); at < end; ) {
                    PageHeader header = PageHeader.read(file, at, end);
                    assertTrue(header.checked());
                    at = header.end() + header.compressedBytes();
                    if (header.compressedBytes() > 0) {
                        pages.add(new int[] {header.end(), at});
                    }
                }
            }
        }
        return pages;
    }

    @Test
    void aTruncatedFileIsNeverRead(@TempDir Path folder) throws IOException {
        byte[] sound = file(folder, WriterVersion.PARQUET_2_0, CompressionCodecName.SNAPPY, true, false, false);
        read(sound);
        SplittableRandom random = new SplittableRandom(SEED);
        Map<ErrorCode, Integer> codes = new EnumMap<>(ErrorCode.class);
        for (int round = 0; round < 600; round++) {
            int length = round < 20 ? round : round < 320 ? sound.length - round + 19 : random.nextInt(sound.length);
            AquiferException failure = failure(Arrays.copyOf(sound, length), "cut to " + length + " bytes");
            assertFalse(failure == null, () -> "cut to " + length + " bytes and read");
            codes.merge(failure.code(), 1, Integer::sum);
        }
        assertEquals(2, codes.size(), codes::toString);
        assertTrue(
                codes.containsKey(ErrorCode.NOT_PARQUET) && codes.containsKey(ErrorCode.CORRUPT_FILE), codes::toString);
    }

    @Test
    void aHoleOfZerosInTheMiddle(@TempDir Path folder) throws IOException {
        byte[] sound = file(folder, WriterVersion.PARQUET_1_0, CompressionCodecName.ZSTD, true, false, false);
        MemoryStore store = new MemoryStore(sound);
        RowGroup last = ParquetFooter.read(store, store.object()).rowGroups().getLast();
        int end = (int) (last.start() + last.length()); // page indexes follow, which are not read
        for (int from = 4; from < end; from += 997) {
            byte[] damaged = sound.clone();
            Arrays.fill(damaged, from, Math.min(from + 512, end), (byte) 0);
            assertFalse(failure(damaged, "zeros from " + from) == null, "zeros from " + from + " were not noticed");
        }
    }

    @Test
    void whatIsNoParquetSaysSo() {
        Failures.expect(ErrorCode.NOT_PARQUET, () -> read(new byte[0]), "is empty", MemoryStore.URI);
        Failures.expect(ErrorCode.NOT_PARQUET, () -> read(new byte[] {1, 2, 3}), "not a Parquet file");
        Failures.expect(
                ErrorCode.NOT_PARQUET,
                () -> read("a,b\n1,2\n3,4\n5,6\n".getBytes(StandardCharsets.US_ASCII)),
                "not a Parquet file");
        byte[] encrypted = "PARE............PARE".getBytes(StandardCharsets.US_ASCII);
        Failures.expect(ErrorCode.UNSUPPORTED_FILE, () -> read(encrypted), "encrypted");
        byte[] cut = "PAR1................".getBytes(StandardCharsets.US_ASCII);
        Failures.expect(ErrorCode.CORRUPT_FILE, () -> read(cut), "truncated");
        byte[] liar = "PAR1........\u007f\u007f\u007f\u007fPAR1".getBytes(StandardCharsets.US_ASCII);
        Failures.expect(ErrorCode.CORRUPT_FILE, () -> read(liar), "footer");
    }

    /** Stripes are numbered by an int; columns that cannot be read have no pages whose rows would be counted. */
    @Test
    void moreRowsThanStripesCanBeNumbered() {
        for (long rows : new long[] {Long.MAX_VALUE, 1L << 60, (long) Integer.MAX_VALUE * Stripes.MAX_ROWS + 1}) {
            byte[] footer = new CompactWriter()
                    .i32(1, 1)
                    .list(2, 1)
                    .element()
                    .text(4, "root")
                    .end()
                    .i64(3, rows)
                    .list(4, 1)
                    .element()
                    .list(1, 0)
                    .i64(2, 0)
                    .i64(3, rows)
                    .end()
                    .end()
                    .bytes();
            ByteBuffer file = ByteBuffer.allocate(footer.length + 12).order(ByteOrder.LITTLE_ENDIAN);
            byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
            file.put(magic).put(footer).putInt(footer.length).put(magic);
            MemoryStore store = new MemoryStore(file.array());
            Failures.expect(
                    ErrorCode.CORRUPT_FILE,
                    () -> ParquetFooter.read(store, store.object()),
                    "row group of " + rows + " rows");
        }
    }
}
