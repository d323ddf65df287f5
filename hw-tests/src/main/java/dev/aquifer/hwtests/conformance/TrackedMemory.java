package dev.aquifer.hwtests.conformance;

import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;

/** Counts what an execution holds, to see that it gives all of it back, and refuses more than a limit. Thread-safe. */
final class TrackedMemory implements MemoryBudget {
    private final long limit;
    private long held;
    private long most;

    TrackedMemory() {
        this(Long.MAX_VALUE);
    }

    /** @param limit bytes that may be held at once */
    TrackedMemory(long limit) {
        this.limit = limit;
    }

    @Override
    public synchronized void reserve(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("reserve " + bytes);
        }
        if (bytes > limit - held) {
            throw new AquiferException(
                    ErrorCode.MEMORY_EXCEEDED, "no room for " + bytes + " bytes beside " + held + " of " + limit);
        }
        held += bytes;
        most = Math.max(most, held);
    }

    @Override
    public synchronized void release(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("release " + bytes);
        }
        held -= bytes;
    }

    /** Bytes held now. */
    synchronized long held() {
        return held;
    }

    /** Bytes held at once, at most. */
    synchronized long most() {
        return most;
    }
}
