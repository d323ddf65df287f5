package dev.aquifer.spi.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure with a code that the user sees. The message is one line, carries the values it is about, and says what to
 * do where that is not obvious.
 */
public final class AquiferException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable Duration retryAfter;

    public AquiferException(ErrorCode code, String message) {
        this(code, message, null, null);
    }

    public AquiferException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, cause, null);
    }

    private AquiferException(ErrorCode code, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** A failure of category RESOURCE that names the time after which trying again makes sense. */
    public static AquiferException retryLater(ErrorCode code, String message, Duration retryAfter) {
        return new AquiferException(code, message, null, retryAfter);
    }

    public ErrorCode code() {
        return code;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
