package dev.aquifer.lake.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packed numbers against the same numbers read bit by bit, from any of them on, and up to the last byte that may be read. */
final class BitsTest {
    private static final int VALUES = 200;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyWidthFromAnyValueOn(long seed) {
        Random random = new Random(seed);
        for (int width = 0; width <= 64; width++) {
            int base = random.nextInt(20);
            byte[] bytes = new byte[base + (VALUES * width + 7) / 8 + Cursor.PADDING];
            random.nextBytes(bytes);
            for (int round = 0; round < 100; round++) {
                int index = random.nextInt(VALUES);
                int count = random.nextInt(VALUES - index + 1);
                String what = "seed " + seed + ", " + count + " of width " + width + " from " + index;
                long[] longs = new long[count + 5];
                Arrays.fill(longs, -7);
                Bits.unpack(bytes, base, index, width, longs, 3, count);
                assertArrayEquals(expected(bytes, base, index, width, count), longs, what);
                if (width <= 32) {
                    int[] ints = new int[count + 5];
                    Arrays.fill(ints, -7);
                    Bits.unpack(bytes, base, index, width, ints, 3, count);
                    assertArrayEquals(
                            Arrays.stream(longs).mapToInt(value -> (int) value).toArray(), ints, what);
                }
            }
        }
    }

    /** Three numbers that must stay, the values, and two more that must. */
    private static long[] expected(byte[] bytes, int base, int index, int width, int count) {
        long[] values = new long[count + 5];
        Arrays.fill(values, -7);
        for (int i = 0; i < count; i++) {
            long value = 0;
            for (int bit = 0; bit < width; bit++) {
                int at = (index + i) * width + bit;
                value |= (long) (bytes[base + at / 8] >> at % 8 & 1) << bit;
            }
            values[3 + i] = value;
        }
        return values;
    }
}
