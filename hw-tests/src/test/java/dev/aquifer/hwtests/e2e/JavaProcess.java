package dev.aquifer.hwtests.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM of its own, with both output streams kept for the message of a failed test. */
final class JavaProcess implements AutoCloseable {
    private static final long READY_SECONDS = 90;

    private final String name;
    private final Process process;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Thread reader;

    private JavaProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.reader = Thread.ofVirtual().unstarted(this::readOutput);
    }

    /** The {@code aquifer} command with the class path of this test. */
    static JavaProcess aquifer(String name, Map<String, String> environment, Path folder, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "--add-modules=jdk.incubator.vector",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.aquifer.cli.main.Main"));
        command.addAll(arguments);
        return start(name, environment, folder, command);
    }

    /** A JVM that gets nothing but the given flags, class path and arguments. */
    static JavaProcess start(String name, Map<String, String> environment, Path folder, List<String> javaArguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaArguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        JavaProcess started = new JavaProcess(name, builder.start());
        started.reader.start();
        return started;
    }

    private void readOutput() {
        try (BufferedReader input = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                lines.add(line);
            }
        } catch (IOException problem) {
            lines.add("(reading ended: " + problem.getMessage() + ")");
        }
    }

    /** Waits until the output matches, and gives the pattern's first group. */
    String await(Pattern pattern) throws InterruptedException {
        for (long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
                System.nanoTime() < deadline; ) {
            Matcher matcher = pattern.matcher(output());
            if (matcher.find()) {
                return matcher.group(1);
            }
            if (!process.isAlive()) {
                throw new AssertionError(name + " ended with " + process.exitValue() + ":\n" + output());
            }
            Thread.sleep(20);
        }
        throw new AssertionError(name + " did not print " + pattern + ":\n" + output());
    }

    /** Waits for the end, and gives the exit status. */
    int exitStatus(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(name + " was still running after " + seconds + " s:\n" + output());
        }
        reader.join();
        return process.exitValue();
    }

    String output() {
        return String.join("\n", lines);
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As {@code kill}: the process may bring things to rest. */
    @Override
    public void close() {
        process.destroy();
        if (!endsWithin(Duration.ofSeconds(20))) {
            kill();
        }
    }

    private boolean endsWithin(Duration time) {
        try {
            process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
