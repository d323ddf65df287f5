package dev.aquifer.spi.device;

import dev.aquifer.spi.error.AquiferException;

/** Memory that an execution may hold. Thread-safe. */
public interface MemoryBudget {
    /** Says yes to everything. */
    MemoryBudget UNBOUNDED = new MemoryBudget() {
        @Override
        public void reserve(long bytes) {}

        @Override
        public void release(long bytes) {}
    };

    /** @throws AquiferException MEMORY_EXCEEDED, and nothing is reserved, where the budget has no {@code bytes} left */
    void reserve(long bytes);

    void release(long bytes);
}
