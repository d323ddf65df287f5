package dev.aquifer.lake.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.aquifer.lake.format.MalformedException;
import dev.aquifer.spi.batch.Bitmap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each encoding by itself, against the reference encoders, read in pieces of awkward sizes. */
class EncodingsTest {
    private static final long SEED = Long.getLong("aquifer.seed", 90125);

    private final SplittableRandom random = new SplittableRandom(SEED);

    private static Cursor cursor(BytesInput input) throws IOException {
        byte[] bytes = input.toInputStream().readAllBytes();
        return new Cursor(Arrays.copyOf(bytes, bytes.length + Cursor.PADDING), 0, bytes.length);
    }

    private static HeapByteBufferAllocator heap() {
        return HeapByteBufferAllocator.getInstance();
    }

    private long[] longs(int count) {
        int bits = random.nextInt(1, 65);
        long[] values = new long[count];
        long step = random.nextLong() >> random.nextInt(64);
        for (int i = 0; i < count; i++) {
            values[i] = switch ((i >> 6) % 4) {
                case 0 -> random.nextLong() >> (64 - bits);
                case 1 -> i * step;
                case 2 -> 42;
                default -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
            };
        }
        return values;
    }

    /** Reads in pieces, from one value to a thousand. */
    private long[] read(LongSource source, int count) {
        long[] read = new long[count];
        int done = 0;
        while (done < count) {
            int n = Math.min(count - done, random.nextInt(1, 1000));
            source.read(read, done, n);
            done += n;
        }
        assertThrows(MalformedException.class, () -> source.read(new long[1], 0, 1));
        return read;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 31, 32, 33, 127, 128, 129, 130, 1023, 5000})
    void deltaBinary(int count) throws IOException {
        for (int round = 0; round < 20; round++) {
            long[] values = longs(count);
            try (var longWriter = new DeltaBinaryPackingValuesWriterForLong(64, 1 << 20, heap());
                    var intWriter = new DeltaBinaryPackingValuesWriterForInteger(64, 1 << 20, heap())) {
                for (long value : values) {
                    longWriter.writeLong(value);
                    intWriter.writeInteger((int) value);
                }
                Cursor in = cursor(longWriter.getBytes());
                assertArrayEquals(values, read(new DeltaBinary(in, false), count), "seed " + SEED);
                long[] narrow = Arrays.stream(values).map(value -> (int) value).toArray();
                assertArrayEquals(
                        narrow, read(new DeltaBinary(cursor(intWriter.getBytes()), true), count), "seed " + SEED);
                Cursor passed = cursor(longWriter.getBytes());
                new DeltaBinary(passed, false).skipAll();
                assertEquals(passed.end, passed.position);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 64, 1025})
    void byteStreamSplit(int count) throws IOException {
        long[] values = longs(count);
        double[] read = new double[count];
        try (var writer = new ByteStreamSplitValuesWriter.LongByteStreamSplitValuesWriter(64, 1 << 20, heap());
                var doubles = new ByteStreamSplitValuesWriter.DoubleByteStreamSplitValuesWriter(64, 1 << 20, heap());
                var ints = new ByteStreamSplitValuesWriter.IntegerByteStreamSplitValuesWriter(64, 1 << 20, heap())) {
            for (long value : values) {
                writer.writeLong(value);
                ints.writeInteger((int) value);
                doubles.writeDouble(value / 7.0);
            }
            assertArrayEquals(
                    values, read(new LongSource.Split(new SplitStreams(cursor(writer.getBytes()), 8)), count));
            assertArrayEquals(
                    Arrays.stream(values).map(value -> (int) value).toArray(),
                    read(new LongSource.Split(new SplitStreams(cursor(ints.getBytes()), 4)), count));
            new DoubleSource.Split(new SplitStreams(cursor(doubles.getBytes()), 8)).read(read, 0, count);
            assertArrayEquals(
                    Arrays.stream(values).mapToDouble(value -> value / 7.0).toArray(), read);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000, 1024, 1025, 3000})
    void deltaBytes(int count) throws IOException {
        byte[][] values = new byte[count][];
        for (int i = 0; i < count; i++) {
            String text =
                    random.nextInt(4) == 0 ? "" : "common/prefix/" + i / 10 + "/" + "z".repeat(random.nextInt(40));
            values[i] = text.getBytes(StandardCharsets.UTF_8);
        }
        try (var lengths = new DeltaLengthByteArrayValuesWriter(64, 1 << 20, heap());
                var prefixes = new DeltaByteArrayWriter(64, 1 << 20, heap())) {
            for (byte[] value : values) {
                lengths.writeBytes(Binary.fromConstantByteArray(value));
                prefixes.writeBytes(Binary.fromConstantByteArray(value));
            }
            check(values, new BytesSource.DeltaLength(cursor(lengths.getBytes())));
            check(values, new BytesSource.DeltaBytes(cursor(prefixes.getBytes())));
        }
    }

    private void check(byte[][] expected, BytesSource source) {
        int done = 0;
        while (done < expected.length) {
            int n = source.fill(Math.min(expected.length - done, random.nextInt(1, 700)));
            for (int i = 0; i < n; i++) {
                int start = source.starts[i];
                assertArrayEquals(
                        expected[done + i], Arrays.copyOfRange(source.base, start, start + source.lengths[i]));
            }
            done += n;
        }
        assertThrows(MalformedException.class, () -> source.fill(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 7, 8, 9, 12, 15, 16, 17, 20, 24, 25, 31, 32})
    void codes(int width) throws IOException {
        int count = 20_000;
        int[] values = new int[count];
        int mask = width == 32 ? -1 : (1 << width) - 1;
        for (int i = 0; i < count; i++) {
            values[i] = (i >> 8) % 2 == 0 ? random.nextInt() & mask : (i >> 8) & mask;
        }
        try (var encoder = new RunLengthBitPackingHybridEncoder(width, 64, 1 << 20, heap())) {
            for (int value : values) {
                encoder.writeInt(value);
            }
            Codes codes =
                    new Codes(cursor(BytesInput.concat(BytesInput.from(new byte[] {(byte) width}), encoder.toBytes())));
            int done = 0;
            while (done < count) {
                int n = Math.min(count - done, random.nextInt(1, 1000));
                int[] piece = new int[n];
                codes.read(piece, 0, n);
                assertArrayEquals(Arrays.copyOfRange(values, done, done + n), piece, "seed " + SEED);
                done += n;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 63, 64, 65, 1024, 20_000})
    void levels(int count) throws IOException {
        boolean[] values = new boolean[count];
        for (int i = 0; i < count; i++) {
            values[i] = (i >> 9) % 2 == 0 ? random.nextBoolean() : (i >> 10) % 2 == 0;
        }
        byte[] little = new byte[(count + 7) / 8];
        byte[] big = new byte[(count + 7) / 8];
        try (var encoder = new RunLengthBitPackingHybridEncoder(1, 64, 1 << 20, heap())) {
            for (int i = 0; i < count; i++) {
                encoder.writeInt(values[i] ? 1 : 0);
                if (values[i]) {
                    little[i / 8] |= (byte) (1 << (i % 8));
                    big[i / 8] |= (byte) (0x80 >>> (i % 8));
                }
            }
            check(values, new Levels.Runs(cursor(encoder.toBytes())));
        }
        check(values, new Levels.Plain(cursor(BytesInput.from(little))));
        check(values, new Levels.BigEndian(cursor(BytesInput.from(big)), count));
    }

    private void check(boolean[] expected, Levels levels) {
        int shift = random.nextInt(100);
        long[] bitmap = new long[Bitmap.words(expected.length + shift)];
        int done = 0;
        while (done < expected.length) {
            int n = Math.min(expected.length - done, random.nextInt(1, 1000));
            int ones = 0;
            for (int i = done; i < done + n; i++) {
                ones += expected[i] ? 1 : 0;
            }
            assertEquals(ones, levels.read(bitmap, shift + done, n));
            done += n;
        }
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], Bitmap.get(bitmap, shift + i), "level " + i + ", seed " + SEED);
        }
        assertThrows(MalformedException.class, () -> levels.read(new long[4], 0, 200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "naïve", "日本語", "🦆", "\u0000", "\u07ff\u0800\uffff", "aaaaaaaé"})
    void textIsValid(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(utf8, utf8.length + Cursor.PADDING);
        Arrays.fill(padded, utf8.length, padded.length, (byte) -1);
        assertEquals(true, Utf8.isValid(padded, 0, utf8.length));
        assertEquals(utf8.length == text.length(), Utf8.isAscii(padded, 0, utf8.length));
    }

    /** Every short run of bytes, judged by the JDK's decoder. */
    @ParameterizedTest
    @ValueSource(
            ints = {0x00, 0x41, 0x80, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff})
    void malformedTextIsFound(int first) {
        byte[] bytes = new byte[4 + Cursor.PADDING];
        bytes[0] = (byte) first;
        int[] edges = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};
        for (int second : edges) {
            for (int third : edges) {
                for (int fourth : edges) {
                    bytes[1] = (byte) second;
                    bytes[2] = (byte) third;
                    bytes[3] = (byte) fourth;
                    for (int length = 1; length <= 4; length++) {
                        assertEquals(jdkAccepts(bytes, length), Utf8.isValid(bytes, 0, length), Arrays.toString(bytes));
                    }
                }
            }
        }
    }

    private static boolean jdkAccepts(byte[] bytes, int length) {
        String decoded = new String(bytes, 0, length, StandardCharsets.UTF_8);
        return Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), Arrays.copyOf(bytes, length));
    }
}
