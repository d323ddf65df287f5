package dev.aquifer.cli.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.output.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Runs the command as a process would, within this one. */
final class Cli {
    private final Path home;

    /** @param home the home of its user, and with it its caches */
    Cli(Path home) {
        this.home = home;
    }

    /** What a run gave. */
    record Outcome(int code, String out, String err) {}

    Outcome run(String... arguments) {
        return runWithInput("", arguments);
    }

    /** Wrong usage of a command that serves; on any port, should it start after all. */
    void refuses(String command, String arguments) {
        String port = arguments.contains("--port") ? " " : " --port 0 ";
        Outcome outcome = run((command + port + arguments).split(" "));
        assertEquals(2, outcome.code(), outcome.err());
        assertTrue(outcome.err().startsWith("error: USER-1000 USAGE: "), outcome.err());
    }

    Outcome runWithInput(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = new Streams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Main.run(new Environment(Map.of("HOME", home.toString()), streams, () -> false), arguments);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
