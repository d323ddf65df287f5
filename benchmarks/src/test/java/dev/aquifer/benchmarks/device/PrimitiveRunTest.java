package dev.aquifer.benchmarks.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.benchmarks.primitive.Matrix;
import dev.aquifer.benchmarks.primitive.PrimitiveCase;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of cases in JVMs of their own. */
class PrimitiveRunTest {
    private static final List<PrimitiveCase> ONE = List.of(Matrix.all().getFirst());

    private static PrimitiveRun run(String device, int forks) {
        return new PrimitiveRun(device, 1, 1, 3, new Pace(forks, 1, 20, 3, 20));
    }

    /** A wrong answer, too, comes this way. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whatACaseThrowsIsThrown(int forks) {
        AquiferException thrown =
                assertThrows(AquiferException.class, () -> run("abacus", forks).measure(ONE, done -> {}));
        assertEquals(ErrorCode.DEVICE_NOT_FOUND, thrown.code());
        assertTrue(String.valueOf(thrown.getMessage()).startsWith("no device 'abacus'"), thrown::getMessage);
    }

    @Test
    void aForkStartsAsThisJvmDid() throws InterruptedException {
        List<Integer> progress = new ArrayList<>();
        List<Measurement> measured = run("cpu", 1).measure(ONE, progress::add);
        assertEquals(List.of(1), progress);
        assertEquals(ONE, measured.stream().map(Measurement::of).toList());
        assertTrue(measured.getFirst().valuesPerSecond() > 0, () -> "measured " + measured);
    }
}
