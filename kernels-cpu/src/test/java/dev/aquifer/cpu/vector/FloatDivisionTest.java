package dev.aquifer.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aquifer.cpu.vector.FloatDivision.Part;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FloatDivisionTest {
    private static final int ROWS = 1024;

    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());

    private final Random random = new Random(SEED);

    /** Where a rounded quotient is most likely to be one off: beside the multiples and the halves of the divisor. */
    private List<Long> dividends(long divisor) {
        List<Long> values = new ArrayList<>(List.of(0L, 1L, -1L, FloatDivision.LIMIT - 1, 1 - FloatDivision.LIMIT));
        long magnitude = Math.abs(divisor);
        while (values.size() < ROWS) {
            long multiple = (FloatDivision.LIMIT - 1) / magnitude;
            long near = random.nextLong(multiple + 1) >> random.nextInt(51);
            long value = near * magnitude + (random.nextBoolean() ? 0 : magnitude / 2) + random.nextInt(3) - 1;
            value = Math.clamp(value, 1 - FloatDivision.LIMIT, FloatDivision.LIMIT - 1);
            values.add(random.nextBoolean() ? value : -value);
        }
        return values;
    }

    private static long expected(long x, long y, Part part) {
        return switch (part) {
            case QUOTIENT -> x / y;
            case REST -> x % y;
            case ROUNDED ->
                BigDecimal.valueOf(x)
                        .divide(BigDecimal.valueOf(y), 0, RoundingMode.HALF_UP)
                        .longValueExact();
        };
    }

    @Test
    void byOneDivisorAsWhole() {
        List<Long> divisors = new ArrayList<>(
                List.of(1L, -1L, 2L, 3L, 7L, 10L, 100L, -100L, FloatDivision.LIMIT - 1, 1 - FloatDivision.LIMIT));
        for (int i = 0; i < 200; i++) {
            long divisor = random.nextLong(1, FloatDivision.LIMIT) >> random.nextInt(51);
            divisors.add(divisor == 0 ? 5 : random.nextBoolean() ? divisor : -divisor);
        }
        for (long divisor : divisors) {
            long[] left = dividends(divisor).stream().mapToLong(Long::longValue).toArray();
            for (Part part : Part.values()) {
                long[] out = new long[ROWS];
                FloatDivision.divide(left, 1, divisor, ROWS, part, out);
                for (int row = 0; row < ROWS; row++) {
                    assertEquals(
                            expected(left[row], divisor, part),
                            out[row],
                            left[row] + " by " + divisor + ", " + part + ", seed " + SEED);
                }
            }
        }
    }

    @Test
    void byOneDivisorEachAndTimesAFactor() {
        long[] left = new long[ROWS];
        long[] right = new long[ROWS];
        for (int round = 0; round < 100; round++) {
            long factor = round % 2 == 0 ? 1 : 1000;
            for (int row = 0; row < ROWS; row++) {
                long divisor = random.nextLong(1, FloatDivision.LIMIT) >> random.nextInt(51);
                right[row] = divisor == 0 ? 1 : random.nextBoolean() ? divisor : -divisor;
                left[row] = dividend(right[row]) / factor;
            }
            for (Part part : Part.values()) {
                long[] out = new long[ROWS];
                FloatDivision.divide(left, factor, right, ROWS, part, out);
                for (int row = 0; row < ROWS; row++) {
                    assertEquals(
                            expected(left[row] * factor, right[row], part),
                            out[row],
                            left[row] + " * " + factor + " by " + right[row] + ", " + part + ", seed " + SEED);
                }
            }
        }
    }

    private long dividend(long divisor) {
        long magnitude = Math.abs(divisor);
        long near = random.nextLong((FloatDivision.LIMIT - 1) / magnitude + 1);
        long value = near * magnitude + random.nextInt(3) - 1;
        return Math.clamp(random.nextBoolean() ? value : -value, 1 - FloatDivision.LIMIT, FloatDivision.LIMIT - 1);
    }
}
