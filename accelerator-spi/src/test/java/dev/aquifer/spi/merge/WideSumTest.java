package dev.aquifer.spi.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.Int128;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WideSumTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());

    private final Random random = new Random(SEED);

    private BigInteger term() {
        BigInteger extreme = BigInteger.ONE.shiftLeft(127);
        return switch (random.nextInt(6)) {
            case 0 -> extreme.subtract(BigInteger.ONE);
            case 1 -> extreme.negate();
            case 2 -> BigInteger.ONE.negate();
            case 3 -> BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
            default ->
                new BigInteger(random.nextInt(127), random).multiply(BigInteger.valueOf(1 - 2 * random.nextInt(2)));
        };
    }

    @Test
    void isExact() {
        for (int round = 0; round < 2_000; round++) {
            long[] state = new long[WideSum.LONGS + 2];
            long[] other = new long[WideSum.LONGS];
            BigInteger expected = BigInteger.ZERO;
            for (int i = random.nextInt(30); i >= 0; i--) {
                BigInteger term = term();
                int at = random.nextInt(2);
                long[] target = at == 1 ? state : other;
                if (term.bitLength() <= 63 && random.nextBoolean()) {
                    WideSum.add(target, at, term.longValueExact());
                } else {
                    WideSum.add(target, at, term.longValue(), Int128.high(term));
                }
                expected = expected.add(term);
            }
            Bytes bytes = WideSum.encode(other, 0);
            long[] decoded = new long[WideSum.LONGS];
            WideSum.decode(bytes.array(), 0, bytes.length(), decoded, 0);
            WideSum.merge(state, 1, decoded, 0);
            assertEquals(expected, WideSum.value(state, 1), "seed " + SEED);
            assertEquals(WideSum.encode(expected), WideSum.encode(state, 1), "seed " + SEED);
        }
    }

    @Test
    void noticesStatesThatNoRowsCouldGive() {
        long[] state = {0, 0, Long.MAX_VALUE};
        long[] other = {0, 0, 1};
        assertThrows(AquiferException.class, () -> WideSum.merge(state, 0, other, 0));
        assertThrows(AquiferException.class, () -> WideSum.decode(new byte[16], 0, 16, other, 0));
    }
}
