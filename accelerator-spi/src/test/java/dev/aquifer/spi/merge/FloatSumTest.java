package dev.aquifer.spi.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FloatSumTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());

    private final Random random = new Random(SEED);

    private static long[] state(List<Double> terms) {
        long[] state = new long[FloatSum.LONGS + 2];
        terms.forEach(term -> FloatSum.add(state, 1, term));
        assertEquals(0, state[0], "a state stays within its place");
        assertEquals(0, state[FloatSum.LONGS + 1], "a state stays within its place");
        return state;
    }

    private static Bytes bytes(List<Double> terms) {
        return FloatSum.encode(state(terms), 1);
    }

    private static double sum(Double... terms) {
        return FloatSum.value(state(List.of(terms)), 1);
    }

    private List<Double> terms(int exponents) {
        List<Double> terms = new ArrayList<>();
        int lowest = random.nextInt(-1074, 1000 - exponents);
        for (int i = random.nextInt(1, 400); i > 0; i--) {
            double mantissa = random.nextInt(3) == 0 ? random.nextInt(-9, 10) : random.nextGaussian();
            terms.add(Math.scalb(mantissa, lowest + random.nextInt(exponents)));
        }
        return terms;
    }

    @Test
    void orderAndGroupingDoNotMatter() {
        for (int round = 0; round < 500; round++) {
            List<Double> terms = terms(random.nextBoolean() ? 40 : 1000);
            if (random.nextInt(5) == 0) {
                terms.add(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0)
                        .get(random.nextInt(4)));
            }
            Bytes expected = bytes(terms);
            List<Double> shuffled = new ArrayList<>(terms);
            Collections.shuffle(shuffled, random);
            assertEquals(expected, bytes(shuffled), "seed " + SEED);
            int cut = random.nextInt(shuffled.size() + 1);
            long[] left = state(shuffled.subList(0, cut));
            long[] right = new long[FloatSum.LONGS];
            Bytes rightBytes = bytes(shuffled.subList(cut, shuffled.size()));
            FloatSum.decode(rightBytes.array(), 0, rightBytes.length(), right, 0);
            FloatSum.merge(left, 1, right, 0);
            assertEquals(expected, FloatSum.encode(left, 1), "seed " + SEED);
        }
    }

    @Test
    void isTheExactSumRoundedOnceWhereTermsAreNotFarApart() {
        for (int round = 0; round < 1000; round++) {
            // Sixty binary digits apart and fifty-three of each: all within the window.
            List<Double> terms = terms(60);
            BigDecimal exact = BigDecimal.ZERO;
            for (double term : terms) {
                exact = exact.add(new BigDecimal(term));
            }
            assertEquals(exact.doubleValue() + 0.0, FloatSum.value(state(terms), 1), "seed " + SEED);
        }
    }

    @Test
    void keepsAtLeastTheDigitsItPromises() {
        for (int round = 0; round < 1000; round++) {
            List<Double> terms = terms(1000);
            BigDecimal exact = BigDecimal.ZERO;
            double greatest = 0;
            for (double term : terms) {
                exact = exact.add(new BigDecimal(term));
                greatest = Math.max(greatest, Math.abs(term));
            }
            double got = FloatSum.value(state(terms), 1);
            // Each term loses less than one unit of the lowest bin, 2^-120 of the greatest; then one rounding.
            BigDecimal bound = new BigDecimal(greatest)
                    .multiply(new BigDecimal(Math.scalb(1.0, -120)))
                    .multiply(BigDecimal.valueOf(terms.size()))
                    .add(new BigDecimal(Math.ulp(got)));
            assertTrue(
                    exact.subtract(new BigDecimal(got)).abs().compareTo(bound) <= 0,
                    got + " is not " + exact.doubleValue() + ", seed " + SEED);
        }
    }

    @Test
    void specialValues() {
        assertEquals(0.0, sum());
        assertEquals(0.0, sum(-0.0, -0.0), "zeros add nothing, and the sum of nothing is 0.0");
        assertEquals(Double.NaN, sum(1.0, Double.NaN));
        assertEquals(Double.NaN, sum(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
        assertEquals(Double.POSITIVE_INFINITY, sum(Double.POSITIVE_INFINITY, -Double.MAX_VALUE, -Double.MAX_VALUE));
        assertEquals(Double.NEGATIVE_INFINITY, sum(Double.NEGATIVE_INFINITY, 1.0));
        assertEquals(Double.MIN_VALUE, sum(Double.MIN_VALUE));
        assertEquals(3 * Double.MIN_VALUE, sum(Double.MIN_VALUE, Double.MIN_VALUE, Double.MIN_VALUE));
        assertEquals(Double.MIN_NORMAL, sum(Double.MIN_NORMAL, Double.MIN_VALUE, -Double.MIN_VALUE));
        assertEquals(Double.MAX_VALUE, sum(Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE));
        assertEquals(0.0, sum(1e16, 1.0, -1e16, -1.0));
        assertEquals(1.0, sum(1e16, 1.0, -1e16));
        AquiferException thrown = assertThrows(AquiferException.class, () -> sum(Double.MAX_VALUE, Double.MAX_VALUE));
        assertEquals(ErrorCode.OUT_OF_RANGE, thrown.code());
        assertEquals("sum does not fit FLOAT64", thrown.getMessage());
    }

    @Test
    void refusesBytesThatAreNoState() {
        long[] state = new long[FloatSum.LONGS];
        assertThrows(AquiferException.class, () -> FloatSum.decode(new byte[24], 0, 24, state, 0));
        byte[] bytes = new byte[FloatSum.BYTES];
        bytes[0] = 127;
        assertThrows(AquiferException.class, () -> FloatSum.decode(bytes, 0, bytes.length, state, 0));
        bytes[0] = 0;
        bytes[5] = 1;
        assertThrows(AquiferException.class, () -> FloatSum.decode(bytes, 0, bytes.length, state, 0));
    }
}
