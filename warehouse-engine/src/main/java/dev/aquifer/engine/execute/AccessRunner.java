package dev.aquifer.engine.execute;

/** Decides where table accesses run, and runs them. */
public interface AccessRunner {
    /** Starts an access. */
    BatchSource open(Access access, Execution execution);
}
