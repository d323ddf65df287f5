package dev.aquifer.cli.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.main.Cli.Outcome;
import dev.aquifer.cli.output.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
    @TempDir
    private static Path home;

    @Test
    void helpGoesToStandardOutput() {
        Outcome outcome = new Cli(home).run("--help");
        assertEquals(0, outcome.code());
        assertEquals("", outcome.err());
        assertTrue(outcome.out().startsWith("Usage: aquifer"), outcome.out());
        assertTrue(new Cli(home).run("--version").out().startsWith("aquifer "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "sql", "node", "engine", "doctor"})
    void everyCommandHasHelp(String command) {
        Outcome outcome = new Cli(home).run(command, "--help");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().startsWith("Usage: aquifer " + command), outcome.out());
        assertTrue(outcome.out().contains("\nExamples:\n  aquifer " + command), outcome.out());
        for (String line : outcome.out().lines().toList()) {
            assertTrue(line.length() <= 110, line);
            assertFalse(line.matches(".*(s3:|127\\.(0\\.)*|--)") || line.startsWith("//"), "broken: " + line);
        }
    }

    private static Outcome runInto(IOException failure, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw failure;
            }
        };
        Streams streams =
                new Streams(InputStream.nullInputStream(), full, new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Main.run(new Environment(Map.of("HOME", home.toString()), streams, () -> false), arguments);
        return new Outcome(code, "", err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "doctor", "sql -e values(1)"})
    void whatCannotBeWrittenIsNotDone(String arguments) {
        Outcome full = runInto(new IOException("No space left on device"), arguments.split(" "));
        assertEquals(1, full.code(), full.err());
        assertEquals(
                "error: STORAGE-3002 STORAGE_UNAVAILABLE: standard output cannot be written: No space left on device\n",
                full.err());
        // As after "| head": whoever read has seen enough.
        Outcome gone = runInto(new IOException("Broken pipe"), arguments.split(" "));
        assertEquals(1, gone.code());
        assertEquals("", gone.err());
    }

    @Test
    void noCommandIsWrongUsage() {
        Outcome outcome = new Cli(home).run();
        assertEquals(2, outcome.code());
        assertTrue(
                outcome.err().startsWith("error: USER-1000 USAGE: a command is missing: demo, sql, "), outcome.err());
    }

    @Test
    void anUnknownCommandIsWrongUsage() {
        Outcome outcome = new Cli(home).run("sqll");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().startsWith("error: USER-1000 USAGE: there is no command sqll\n"), outcome.err());
        assertTrue(outcome.err().contains("Try: aquifer --help"), outcome.err());
    }

    @Test
    void theDoctorFindsWhatIsThere() {
        Outcome outcome = new Cli(home).run("doctor");
        assertEquals(0, outcome.code(), outcome.out() + outcome.err());
        for (String finding :
                new String[] {"JDK ", "device cpu ", "device reference ", "memory read ", "disk write "}) {
            assertTrue(outcome.out().contains(finding), outcome.out());
        }
    }

    @Test
    void theDoctorSaysWhatStandsInTheWay() {
        Outcome outcome = new Cli(home).run("doctor", "--cache-dir", "/dev/null/cache");
        assertEquals(1, outcome.code());
        assertTrue(outcome.out().contains("! cache folder "), outcome.out());
    }
}
