package dev.aquifer.demo.tpch;

/** Told how far a long step is. Called from several threads, one call at a time, with values that never fall. */
@FunctionalInterface
public interface TpchProgress {
    /**
     * @param done units done so far: rows written, or bytes put
     * @param expected units to be done; an estimate (of rows: within 2 %) until the last call, which has {@code done == expected}
     */
    void at(long done, long expected);

    /** Tells nobody. */
    static TpchProgress none() {
        return (done, expected) -> {};
    }
}
