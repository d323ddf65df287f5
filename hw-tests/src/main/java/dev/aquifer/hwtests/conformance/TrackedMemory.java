package dev.aquifer.hwtests.conformance;

import dev.aquifer.spi.device.MemoryBudget;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what an execution holds, to see that it gives all of it back. */
final class TrackedMemory implements MemoryBudget {
    private final AtomicLong held = new AtomicLong();

    @Override
    public void reserve(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("reserve " + bytes);
        }
        held.addAndGet(bytes);
    }

    @Override
    public void release(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("release " + bytes);
        }
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
