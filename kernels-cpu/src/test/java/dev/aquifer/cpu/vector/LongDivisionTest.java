package dev.aquifer.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.PowersOfTen;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@link FloatLongDivision} and {@link WideQuotient}. */
class LongDivisionTest {
    private static final int ROWS = 1024;

    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());

    private final Random random = new Random(SEED);

    private static BigInteger expected(long x, int up, long y) {
        BigInteger dividend = BigInteger.valueOf(x).multiply(PowersOfTen.asBigInteger(up));
        return new BigDecimal(dividend)
                .divide(BigDecimal.valueOf(y), 0, RoundingMode.HALF_UP)
                .unscaledValue();
    }

    /** Of any magnitude up to a limit, the limit itself and its neighbours included. */
    private long value(long limit) {
        long magnitude = random.nextInt(4) == 0
                ? limit - random.nextInt(3)
                : (random.nextLong() >>> 1) % (limit + 1) >> random.nextInt(63);
        return random.nextBoolean() ? magnitude : -magnitude;
    }

    private long divisor(long limit) {
        long value = random.nextInt(8) == 0 ? PowersOfTen.asLong(random.nextInt(16)) : value(limit);
        return value == 0 ? 2 : value;
    }

    @Test
    void digitsByDigits() {
        long limit = FloatDivision.LIMIT - 1;
        long[] left = new long[ROWS];
        long[] right = new long[ROWS];
        for (int round = 0; round < 200; round++) {
            int up = 1 + round % 18;
            for (int row = 0; row < ROWS; row++) {
                left[row] = value(limit);
                right[row] = divisor(limit);
            }
            long[] lows = new long[ROWS];
            long[] highs = new long[ROWS];
            long[] narrow = new long[ROWS];
            FloatLongDivision.divide(left, right, up, ROWS, false, lows, highs);
            FloatLongDivision.divide(left, right, up, ROWS, true, narrow, new long[0]);
            for (int row = 0; row < ROWS; row++) {
                BigInteger expected = expected(left[row], up, right[row]);
                String message = left[row] + " * 10^" + up + " by " + right[row] + ", seed " + SEED;
                assertEquals(expected, Int128.toBigInteger(lows[row], highs[row]), message);
                assertEquals(expected.longValue(), narrow[row], message);
            }
        }
    }

    @Test
    void oneByOne() {
        DataType type = DataType.decimal(38, 0);
        WideQuotient quotient = new WideQuotient(type);
        long[] extremes = {Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE + 1, 1L << 32, (1L << 32) - 1, 1, -1};
        for (int i = 0; i < 200_000; i++) {
            int up = random.nextInt(19);
            long x = random.nextInt(4) == 0 ? extremes[random.nextInt(extremes.length)] : value(Long.MAX_VALUE);
            long y = random.nextInt(4) == 0 ? extremes[random.nextInt(extremes.length)] : divisor(Long.MAX_VALUE);
            BigInteger expected = expected(x, up, y);
            String message = x + " * 10^" + up + " by " + y + ", seed " + SEED;
            boolean fits = quotient.divide(x, PowersOfTen.asLong(up), y);
            assertEquals(expected, Int128.toBigInteger(quotient.low(), quotient.high()), message);
            assertEquals(expected.abs().compareTo(type.maxUnscaled()) <= 0, fits, message);
        }
    }

    @Test
    void aTypeHoldsNoMoreThanItsDigits() {
        WideQuotient quotient = new WideQuotient(DataType.decimal(9, 2));
        assertTrue(quotient.divide(-999_999_999L, 1, 1));
        assertEquals(-999_999_999L, quotient.low());
        assertFalse(quotient.divide(-1_000_000_000L, 1, 1));
    }
}
