package dev.aquifer.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FloatCompareTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());

    private static final double[] EXTREMES = {
        0.0,
        -0.0,
        1.0,
        -1.0,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        Double.longBitsToDouble(0xfff8_0000_0000_0001L),
        Double.longBitsToDouble(0x7ff0_0000_0000_0001L)
    };

    private final Random random = new Random(SEED);

    private double value() {
        return random.nextInt(4) == 0
                ? Double.longBitsToDouble(random.nextLong())
                : EXTREMES[random.nextInt(EXTREMES.length)];
    }

    @Test
    void nanIsGreatestAndZerosAreEqual() {
        double[] left = new double[1024];
        double[] right = new double[1024];
        for (int rows : new int[] {1, 63, 64, 65, 1023, 1024}) {
            for (int row = 0; row < left.length; row++) {
                left[row] = value();
                right[row] = random.nextInt(3) == 0 ? left[row] : value();
            }
            long[] equal = new long[Bits.WORDS];
            long[] less = new long[Bits.WORDS];
            FloatCompare.equal(left, right, rows, equal);
            FloatCompare.less(left, right, rows, less);
            for (int row = 0; row < rows; row++) {
                int order = Double.compare(left[row] + 0.0, right[row] + 0.0);
                String message = left[row] + " and " + right[row] + ", seed " + SEED;
                assertEquals(order == 0, Bits.get(equal, row), message);
                assertEquals(order < 0, Bits.get(less, row), message);
            }
        }
    }
}
