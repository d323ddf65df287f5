package dev.aquifer.service.admission;

import dev.aquifer.spi.device.StopSignal;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The first reason to stop that somebody gave; work looks at it between vectors. Thread-safe. */
public final class Cancellation implements StopSignal {
    private final AtomicReference<@Nullable AquiferException> reason = new AtomicReference<>();
    private final long deadlineNanos;
    private final boolean hasDeadline;

    private Cancellation(boolean hasDeadline, long deadlineNanos) {
        this.hasDeadline = hasDeadline;
        this.deadlineNanos = deadlineNanos;
    }

    public static Cancellation withoutDeadline() {
        return new Cancellation(false, 0);
    }

    /** @param nanos time that is left from now on */
    public static Cancellation within(long nanos) {
        return new Cancellation(true, System.nanoTime() + nanos);
    }

    /** @return whether this was the first reason */
    public boolean stop(AquiferException why) {
        return reason.compareAndSet(null, why);
    }

    public boolean stopped() {
        return reason() != null;
    }

    /** Why to stop, or null where work should go on. */
    public @Nullable AquiferException reason() {
        AquiferException why = reason.get();
        if (why == null && hasDeadline && System.nanoTime() - deadlineNanos >= 0) {
            stop(deadline());
            return reason.get();
        }
        return why;
    }

    @Override
    public void check() {
        AquiferException why = reason();
        if (why != null) {
            // A new one each time: several threads throw it, and each adds its own trace.
            throw new AquiferException(why.code(), String.valueOf(why.getMessage()), why);
        }
    }

    public static AquiferException cancelled() {
        return new AquiferException(ErrorCode.CANCELLED, "the caller cancelled the request");
    }

    public static AquiferException deadline() {
        return new AquiferException(
                ErrorCode.DEADLINE_EXCEEDED, "the request's deadline passed before its work was done");
    }
}
