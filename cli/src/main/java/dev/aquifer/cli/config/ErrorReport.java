package dev.aquifer.cli.config;

import dev.aquifer.cli.output.Escapes;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.PrintStream;

/** From an exception to what the user sees: {@code error: LABEL: message} and an exit code. */
public final class ErrorReport {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;

    private ErrorReport() {}

    /**
     * Writes the error, and its stack trace if wanted.
     *
     * @return the exit code: 2 for wrong usage, else 1
     */
    public static int print(PrintStream to, Throwable error, boolean debug) {
        AquiferException known = known(error);
        to.println("error: " + known.code().label() + ": " + Escapes.visibleLines(message(known)));
        known.retryAfter().ifPresent(wait -> to.println("       try again in " + Math.max(1, wait.toSeconds()) + " s"));
        if (debug) {
            error.printStackTrace(to);
        } else if (known.code() == ErrorCode.INTERNAL) {
            to.println("       this is a defect of Aquifer; --debug shows where it happened");
        }
        to.flush();
        return known.code() == ErrorCode.USAGE ? USAGE : FAILED;
    }

    private static String message(AquiferException e) {
        String message = e.getMessage();
        return message == null ? "no message" : message;
    }

    private static AquiferException known(Throwable error) {
        return switch (error) {
            case AquiferException e -> e;
            case OutOfMemoryError e ->
                new AquiferException(
                        ErrorCode.MEMORY_EXCEEDED,
                        "the command ran out of memory (" + e.getMessage()
                                + "): give it more, for example AQUIFER_JAVA_OPTS=-Xmx8g",
                        e);
            case StackOverflowError e ->
                new AquiferException(ErrorCode.INVALID_QUERY, "the query is nested too deeply", e);
            default -> new AquiferException(ErrorCode.INTERNAL, error.toString(), error);
        };
    }
}
