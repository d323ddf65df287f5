package dev.aquifer.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.aquifer.spi.block.Stripes;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitsTest {
    private static final long SEED = 20_251_127L;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.02, 0.1, 0.5, 0.9, 0.98, 0.999, 1})
    void indicesAreTheRowsThatAreSet(double share) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 20; round++) {
            long[] bits = new long[Bits.WORDS];
            int[] expected = IntStream.range(0, Stripes.VECTOR_ROWS)
                    .filter(_ -> random.nextDouble() < share)
                    .peek(row -> Bits.set(bits, row))
                    .toArray();
            int[] rows = new int[Stripes.VECTOR_ROWS];
            int count = Bits.indices(bits, rows);
            assertArrayEquals(expected, Arrays.copyOf(rows, count), "seed " + SEED + ", round " + round);
        }
    }
}
