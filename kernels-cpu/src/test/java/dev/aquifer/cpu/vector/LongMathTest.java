package dev.aquifer.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.DataType;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LongMathTest {
    private static final List<Long> EXTREMES = List.of(
            0L,
            1L,
            -1L,
            2L,
            3L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MIN_VALUE + 1,
            1L << 31,
            -1L << 31,
            1L << 32,
            3_037_000_499L,
            3_037_000_500L,
            127L,
            128L,
            -128L,
            -129L,
            999_999_999_999_999_999L,
            -999_999_999_999_999_999L);

    /** At every place of a vector and of the rows left over, one pair among harmless ones. */
    @Test
    void whatDoesNotFitIsSuspect() {
        for (long x : EXTREMES) {
            for (long y : EXTREMES) {
                for (int rows : new int[] {1, 7, 8, 9, 17}) {
                    long[] left = new long[32];
                    long[] right = new long[32];
                    left[rows - 1] = x;
                    right[rows - 1] = y;
                    // Past the rows is anything, and must not matter.
                    left[rows] = Long.MAX_VALUE;
                    right[rows] = Long.MAX_VALUE;
                    check(left, right, rows, Long.MIN_VALUE, Long.MAX_VALUE);
                    check(left, right, rows, -128, 127);
                }
            }
        }
    }

    private static void check(long[] left, long[] right, int rows, long min, long max) {
        BigInteger x = BigInteger.valueOf(left[rows - 1]);
        BigInteger y = BigInteger.valueOf(right[rows - 1]);
        long[] out = new long[32];
        compute(Primitive.ADD, left, right, rows, out);
        assertEquals(
                !fits(x.add(y), min, max), LongMath.checkSums(left, right, out, rows, min, max) < 0, x + " + " + y);
        compute(Primitive.SUBTRACT, left, right, rows, out);
        assertEquals(
                !fits(x.subtract(y), min, max),
                LongMath.checkDifferences(left, right, out, rows, min, max) < 0,
                x + " - " + y);
        compute(Primitive.MULTIPLY, left, right, rows, out);
        assertEquals(
                !fits(x.multiply(y), min, max),
                LongMath.checkProducts(left, right, out, rows, min, max) < 0,
                x + " * " + y);
    }

    private static void compute(Primitive primitive, long[] left, long[] right, int rows, long[] out) {
        LongMath.compute(primitive, register(left), register(right), rows, out);
    }

    private static Register register(long[] values) {
        Register register = new Register(DataType.INT64, values.length);
        System.arraycopy(values, 0, register.longs, 0, values.length);
        return register;
    }

    @Test
    void constantsGiveWhatColumnsGive() {
        for (Primitive primitive : List.of(Primitive.ADD, Primitive.SUBTRACT, Primitive.MULTIPLY)) {
            for (long constant : EXTREMES) {
                long[] values = new long[32];
                for (int row = 0; row < values.length; row++) {
                    values[row] = EXTREMES.get(row % EXTREMES.size());
                }
                Register column = register(values);
                Register filled = register(values);
                Arrays.fill(filled.longs, constant);
                Register spread = register(filled.longs.clone());
                spread.spread();
                for (int rows : new int[] {1, 8, 17, 32}) {
                    same(primitive, column, filled, column, spread, rows);
                    same(primitive, filled, column, spread, column, rows);
                    same(primitive, filled, filled, spread, spread, rows);
                }
            }
        }
    }

    private static void same(
            Primitive primitive, Register left, Register right, Register left2, Register right2, int rows) {
        long[] expected = new long[32];
        long[] actual = new long[32];
        LongMath.compute(primitive, left, right, rows, expected);
        LongMath.compute(primitive, left2, right2, rows, actual);
        assertArrayEquals(Arrays.copyOf(expected, rows), Arrays.copyOf(actual, rows), primitive + " of " + rows);
    }

    private static boolean fits(BigInteger value, long min, long max) {
        return value.compareTo(BigInteger.valueOf(min)) >= 0 && value.compareTo(BigInteger.valueOf(max)) <= 0;
    }

    @Test
    void floatsAreOrderedAsSqlOrdersThem() {
        double[] values = {
            Double.NEGATIVE_INFINITY,
            -Double.MAX_VALUE,
            -1.5,
            -Double.MIN_VALUE,
            0.0,
            Double.MIN_VALUE,
            1.5,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NaN
        };
        double[] padded = Arrays.copyOf(values, 16);
        padded[10] = -0.0;
        padded[11] = Double.longBitsToDouble(0xfff8_0000_0000_0001L);
        long[] keys = new long[16];
        LongCompare.order(padded, 16, keys);
        for (int i = 1; i < values.length; i++) {
            assertEquals(true, keys[i - 1] < keys[i], values[i - 1] + " before " + values[i]);
        }
        assertEquals(keys[4], keys[10], "-0.0 equals 0.0");
        assertEquals(keys[9], keys[11], "NaN equals NaN");
        for (int i = 0; i < 16; i++) {
            assertEquals(keys[i], LongCompare.order(padded[i]), "one by one: " + padded[i]);
        }
    }
}
