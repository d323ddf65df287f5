package dev.aquifer.spi.device;

/**
 * What an execution may use, and how it learns that it should stop.
 *
 * @param memory asked before state grows
 * @param stop looked at between vectors
 */
public record ExecutionContext(MemoryBudget memory, StopSignal stop) {
    /** No bounds, never stopped; for tests and small local work. */
    public static final ExecutionContext UNBOUNDED = new ExecutionContext(MemoryBudget.UNBOUNDED, () -> {});
}
