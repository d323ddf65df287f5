package dev.aquifer.benchmarks.command;

import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.main.Main;
import dev.aquifer.cli.output.Streams;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Commands as a person types them, within this process, and what they printed so far. */
final class Typed {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Environment environment;

    /** @param home the home of the person, and the folder of caches */
    Typed(Path home) {
        Streams streams =
                new Streams(InputStream.nullInputStream(), out, new PrintStream(err, true, StandardCharsets.UTF_8));
        this.environment = new Environment(
                Map.of("AQUIFER_CACHE", home.toString(), "HOME", home.toString()), streams, () -> false);
    }

    int run(String... arguments) {
        return Main.run(environment, arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
