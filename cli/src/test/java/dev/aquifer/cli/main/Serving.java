package dev.aquifer.cli.main;

import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.output.Streams;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command that serves, on a thread of this process, from its ready line to an interrupt. */
final class Serving implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern READY = Pattern.compile("ready on (\\S+:\\d+)\n");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicInteger code = new AtomicInteger(-1);
    private final Thread thread;

    private Serving(Path home, String... arguments) {
        Streams streams =
                new Streams(InputStream.nullInputStream(), out, new PrintStream(err, true, StandardCharsets.UTF_8));
        Environment environment = new Environment(Map.of("HOME", home.toString()), streams, () -> false);
        thread = Thread.ofPlatform().start(() -> code.set(Main.run(environment, arguments)));
    }

    static Serving start(Path home, String... arguments) throws InterruptedException {
        Serving serving = new Serving(home, arguments);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!READY.matcher(serving.out()).find()) {
            if (!serving.thread.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("not ready: " + serving.out() + serving.err());
            }
            Thread.sleep(20);
        }
        return serving;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Host and port of the ready line. */
    String address() {
        Matcher matcher = READY.matcher(out());
        if (!matcher.find()) {
            throw new AssertionError(out());
        }
        return matcher.group(1);
    }

    int code() {
        return code.get();
    }

    void stop() throws InterruptedException {
        thread.interrupt();
        if (!thread.join(PATIENCE)) {
            throw new AssertionError("does not stop: " + out() + err());
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
