package dev.aquifer.hwtests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aquifer.cpu.vector.Lanes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The CPU device on vectors of every width that this processor has: no result may depend on how many lanes a kernel gets. */
final class VectorWidthTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());
    /** Fewer than the suite's own: what depends on the width is in the cases of single primitives and sinks. */
    private static final int FRAGMENTS = 100;

    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void conforms(int bits) throws IOException, InterruptedException {
        assumeTrue(bits <= Lanes.bits(), () -> "this processor has vectors of " + Lanes.bits() + " bits");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-XX:MaxVectorSize=" + bits / 8,
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CpuConformance.class.getName(),
                        String.valueOf(SEED),
                        String.valueOf(FRAGMENTS))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains(bits + "-bit vectors"), output);
        System.out.println(output.strip());
    }
}
