package dev.aquifer.cli.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.cli.main.Cli.Outcome;
import java.nio.file.Path;
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
        assertTrue(outcome.err().startsWith("error: USER-1000 USAGE: "), outcome.err());
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
