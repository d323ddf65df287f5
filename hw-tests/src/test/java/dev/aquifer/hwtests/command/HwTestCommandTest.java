package dev.aquifer.hwtests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.main.Main;
import dev.aquifer.cli.output.Streams;
import dev.aquifer.hwtests.conformance.MutantDevice;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.primitive.Program;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class HwTestCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Environment environment = new Environment(
            Map.of(),
            new Streams(InputStream.nullInputStream(), out, new PrintStream(err, true, StandardCharsets.UTF_8)),
            () -> false);

    private int run(String... arguments) {
        return Main.run(environment, arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** The cells of the summary's row of a family. */
    private List<String> row(String family) {
        return out().lines()
                .map(line -> List.of(line.strip().split(" *\\| *")))
                .filter(cells -> cells.size() == 5 && cells.getFirst().equals(family))
                .findFirst()
                .orElseThrow(() -> new AssertionError(out()));
    }

    @Test
    void isAmongTheCommands() {
        assertEquals(0, run("--help"));
        assertTrue(out().contains("\n  hwtest "), out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "reference", "auto"})
    void aRightDevicePasses(String device) {
        assertEquals(0, run("hwtest", "--device", device, "--seed", "7", "--case", "LIKE"), this::err);
        assertTrue(out().startsWith("Conformance of "), out());
        assertTrue(out().contains(" cases, seed 7."), out());
        assertEquals(row("all").get(1), row("search").get(1));
        assertEquals("0", row("all").get(4));
        assertEquals("", err());
    }

    @Test
    void asManyFragmentsAsAskedFor() {
        assertEquals(0, run("hwtest", "--device", "cpu", "--seed", "7", "--fragments", "4", "--case", "fragment"));
        assertEquals("4", row("random fragments").get(1));
    }

    /** What fails, and over which rows, is the seed's choice alone. */
    @Test
    void aSeedMakesTheSameCases() {
        assertEquals(failures("7"), failures("7"));
        assertNotEquals(failures("7"), failures("8"));
    }

    private List<String> failures(String seed) {
        out.reset();
        HwTestCommand command = new HwTestCommand(environment);
        new CommandLine(command).parseArgs("--seed", seed, "--case", "LESS INT", "--fragments", "0");
        try (Device wrong = new MutantDevice(HwTestCommandTest::lessOrEqual)) {
            assertEquals(1, command.test(wrong));
        }
        return out().lines().filter(line -> line.startsWith("      row ")).toList();
    }

    @Test
    void saysWhatIsWrongWithTheArguments() {
        assertEquals(1, run("hwtest", "--device", "abacus"));
        assertTrue(err().startsWith("error: DEVICE-4000 DEVICE_NOT_FOUND: "), err());
        err.reset();
        assertEquals(2, run("hwtest", "--case", "NONSENSE"));
        assertTrue(err().startsWith("error: USER-1000 USAGE: no case begins with \"NONSENSE\""), err());
        err.reset();
        assertEquals(2, run("hwtest", "--fragments", "-1"));
        assertTrue(err().startsWith("error: USER-1000 USAGE: "), err());
    }

    /** A device that takes LESS for LESS_OR_EQUAL fails, and the failure is shown with few rows. */
    @Test
    void aWrongDeviceFails() {
        HwTestCommand command = new HwTestCommand(environment);
        new CommandLine(command).parseArgs("--seed", "7", "--case", "LESS INT", "--fragments", "0");
        try (Device wrong = new MutantDevice(HwTestCommandTest::lessOrEqual)) {
            assertEquals(1, command.test(wrong));
        }
        assertEquals(row("compare").get(4), row("all").get(4));
        assertTrue(out().contains("FAILED compare: LESS INT"), out());
        assertTrue(out().contains("seed 7"), out());
        assertTrue(out().contains("also FAILED compare: "), out());
        assertTrue(out().contains(" cases fail on mutant."), out());
    }

    private static Program lessOrEqual(Program program) {
        return new Program(
                program.columns(),
                program.parameters(),
                program.ops().stream()
                        .map(op -> op.primitive() == Primitive.LESS
                                ? new Op(Primitive.LESS_OR_EQUAL, op.type(), op.args(), op.mask(), op.index())
                                : op)
                        .toList(),
                program.filter(),
                program.sink());
    }
}
