package dev.aquifer.demo.tpch;

/** Adds up what several threads have done and tells one {@link TpchProgress}. */
final class Reporter {
    private final TpchProgress progress;
    private final long expected;
    private long done;

    Reporter(TpchProgress progress, long expected) {
        this.progress = progress;
        this.expected = expected;
        progress.at(0, expected);
    }

    synchronized void add(long units) {
        done += units;
        // The estimate may have been low, or something was done twice; the last word is end()'s.
        progress.at(Math.min(done, expected), expected);
    }

    /** @param total what was to be done, as is known now */
    synchronized void end(long total) {
        progress.at(total, total);
    }

    synchronized long done() {
        return done;
    }
}
