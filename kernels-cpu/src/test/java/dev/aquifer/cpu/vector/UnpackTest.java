package dev.aquifer.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aquifer.spi.block.Packing;
import dev.aquifer.spi.block.Stripes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackTest {
    private static final long SEED = 20_251_121L;

    private final SplittableRandom random = new SplittableRandom(SEED);

    private long[] codes(int width) {
        long[] codes = new long[Stripes.VECTOR_ROWS];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = width == 0 ? 0 : random.nextLong() >>> 64 - width;
        }
        if (width > 0) {
            codes[0] = -1L >>> 64 - width;
            codes[codes.length - 1] = -1L >>> 64 - width;
        }
        return codes;
    }

    /** Padded in front, so that a kernel that ignores the offset shows. */
    private static MemorySegment pack(long[] codes, int width, long offset) {
        MemorySegment packed = Arena.ofAuto().allocate(offset + Packing.vectorBytes(width), 64);
        Packing.pack(codes, 0, codes.length, width, packed, offset);
        return packed;
    }

    @ParameterizedTest
    @MethodSource("widths")
    void everyWidthUnpacksToWhatWasPacked(int width) {
        long base = random.nextLong();
        long[] codes = codes(width);
        long[] expected = new long[codes.length];
        for (int row = 0; row < codes.length; row++) {
            expected[row] = base + codes[row];
        }
        MemorySegment packed = pack(codes, width, 192);
        long[] unpacked = new long[Stripes.VECTOR_ROWS];

        int laneBits = Packing.laneBits(width);
        MemorySegment lanes = Arena.ofAuto().allocate(8L * Stripes.VECTOR_ROWS, 64);
        Unpack.lanes(packed, 192, width, lanes);
        Unpack.toLongs(lanes, 0, laneBits, base, unpacked);
        assertArrayEquals(expected, unpacked, "seed " + SEED);
    }

    static IntStream widths() {
        return IntStream.rangeClosed(0, 64);
    }

    @ParameterizedTest
    @MethodSource("widths")
    void someRowsOfManyVectorsAreRead(int width) {
        int vectors = 3;
        long base = random.nextLong();
        long bytes = Packing.vectorBytes(width);
        MemorySegment packed = Arena.ofAuto().allocate(192 + vectors * bytes, 64);
        long[] expected = new long[vectors * Stripes.VECTOR_ROWS];
        for (int vector = 0; vector < vectors; vector++) {
            long[] codes = codes(width);
            Packing.pack(codes, 0, codes.length, width, packed, 192 + vector * bytes);
            for (int row = 0; row < codes.length; row++) {
                expected[vector * Stripes.VECTOR_ROWS + row] = base + codes[row];
            }
        }
        PackedCodes reader = new PackedCodes();
        reader.attach(packed, 192, width, vectors * Stripes.VECTOR_ROWS);
        for (int few : new int[] {1, 2, 5, 63, 64, 65, 300, 1_000, 1_024}) {
            int[] rows = IntStream.concat(
                            IntStream.of(0, expected.length - 1),
                            random.ints(few, 0, expected.length).filter(row -> row > 0))
                    .distinct()
                    .limit(few)
                    .sorted()
                    .toArray();
            long[] values = new long[Stripes.VECTOR_ROWS];
            // What is there past the rows asked for is anything.
            int[] padded = Arrays.copyOf(rows, Stripes.VECTOR_ROWS);
            Arrays.fill(padded, rows.length, padded.length, random.nextInt());
            reader.gather(0, padded, rows.length, base, values);
            for (int i = 0; i < rows.length; i++) {
                assertEquals(expected[rows[i]], values[i], "row " + rows[i] + " of " + few + ", seed " + SEED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 64})
    void aRangeOfCodesIsComparedUnsigned(int width) {
        long greatest = -1L >>> 64 - width;
        long[][] ranges = {
            {0, 0}, {0, greatest}, {greatest, greatest}, {greatest >>> 1, (greatest >>> 1) + 1}, {1, greatest - 1}
        };
        long[] codes = codes(width);
        codes[1] = 0;
        codes[2] = greatest >>> 1;
        codes[3] = (greatest >>> 1) + 1;
        MemorySegment packed = pack(codes, width, 64);
        for (long[] range : ranges) {
            long[] bits = new long[Bits.WORDS];
            Bits.first(1_000, bits);
            CodeRange.and(packed, 64, width, range[0], range[1], bits);
            for (int row = 0; row < codes.length; row++) {
                boolean within = row < 1_000
                        && Long.compareUnsigned(codes[row], range[0]) >= 0
                        && Long.compareUnsigned(codes[row], range[1]) <= 0;
                assertEquals(within, Bits.get(bits, row), "row " + row + " of " + range[0] + ".." + range[1]);
            }
        }
    }
}
