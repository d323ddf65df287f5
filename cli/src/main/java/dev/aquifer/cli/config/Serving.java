package dev.aquifer.cli.config;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** What commands that serve have in common: a line when they are ready, and an end in order. */
public final class Serving {
    private Serving() {}

    /**
     * Prints the ready line on standard output and waits. On SIGTERM, Ctrl-C, or an interrupt of this thread, runs
     * {@code stop}; returns after an interrupt only, as the JVM ends after the signals.
     */
    public static void untilTold(Environment environment, String ready, String what, Runnable stop) {
        PrintStream out = new PrintStream(environment.streams().out(), true, StandardCharsets.UTF_8);
        Thread atEnd = Thread.ofPlatform().unstarted(() -> {
            stop.run();
            environment.streams().err().println("aquifer " + what + " stopped");
        });
        Runtime.getRuntime().addShutdownHook(atEnd);
        out.println(ready);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(atEnd);
            stop.run();
        }
    }
}
