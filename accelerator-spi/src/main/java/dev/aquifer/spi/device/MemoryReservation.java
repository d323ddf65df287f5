package dev.aquifer.spi.device;

/** What one piece of work holds of a {@link MemoryBudget}; closing gives all of it back. Not thread-safe. */
public final class MemoryReservation implements AutoCloseable {
    private final MemoryBudget budget;
    private long held;

    public MemoryReservation(MemoryBudget budget) {
        this.budget = budget;
    }

    /** @throws dev.aquifer.spi.error.AquiferException MEMORY_EXCEEDED where the budget has no {@code bytes} left */
    public void add(long bytes) {
        budget.reserve(bytes);
        held += bytes;
    }

    /** Gives back a part of what is held. */
    public void remove(long bytes) {
        held -= bytes;
        budget.release(bytes);
    }

    /** Bytes held now. */
    public long held() {
        return held;
    }

    @Override
    public void close() {
        long bytes = held;
        held = 0;
        budget.release(bytes);
    }
}
