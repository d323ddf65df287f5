package dev.aquifer.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Int128;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WideCompareTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());

    private static final long[] HALVES = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE};

    private final Random random = new Random(SEED);

    private long half() {
        return random.nextInt(4) == 0 ? random.nextLong() : HALVES[random.nextInt(HALVES.length)];
    }

    private Register values(boolean narrow) {
        Register values = new Register(DataType.decimal(38, 2), 1024);
        for (int row = 0; row < 1024; row++) {
            values.longs[row] = half();
            values.highs[row] = half();
        }
        if (narrow) {
            values.bounds(Long.MIN_VALUE, Long.MAX_VALUE);
        }
        return values;
    }

    @Test
    void asBigIntegersAre() {
        for (int rows : new int[] {1, 63, 64, 65, 1023, 1024}) {
            for (int narrow = 0; narrow < 4; narrow++) {
                Register left = values((narrow & 1) != 0);
                Register right = values((narrow & 2) != 0);
                long[] equal = new long[Bits.WORDS];
                long[] less = new long[Bits.WORDS];
                WideCompare.equal(left, right, rows, equal);
                WideCompare.less(left, right, rows, less);
                for (int row = 0; row < rows; row++) {
                    int order = Int128.toBigInteger(left.longs[row], left.high(row))
                            .compareTo(Int128.toBigInteger(right.longs[row], right.high(row)));
                    String message = "row " + row + ", narrow " + narrow + ", seed " + SEED;
                    assertEquals(order == 0, Bits.get(equal, row), message);
                    assertEquals(order < 0, Bits.get(less, row), message);
                }
            }
        }
    }
}
