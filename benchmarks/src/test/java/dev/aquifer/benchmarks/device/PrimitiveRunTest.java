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

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aWrongAnswerIsNotTimed(int forks) {
        PrimitiveRun run = run(ForgetfulProvider.KIND, forks);
        AquiferException thrown = assertThrows(AquiferException.class, () -> run.measure(ONE, done -> {}));
        assertEquals(ErrorCode.DEVICE_FAILED, thrown.code());
        String message = String.valueOf(thrown.getMessage());
        assertTrue(
                message.startsWith("forgetful is wrong on equal INT64 PACKED/8 0.1 (seed 3): row 0 is [0], not ["),
                message);
    }

    @Test
    void aForkStartsAsThisJvmDid() {
        List<Integer> progress = new ArrayList<>();
        List<Measurement> measured = run("cpu", 1).measure(ONE, progress::add);
        assertEquals(List.of(1), progress);
        assertEquals(ONE, measured.stream().map(Measurement::of).toList());
        assertTrue(measured.getFirst().valuesPerSecond() > 0, () -> "measured " + measured);
    }
}
