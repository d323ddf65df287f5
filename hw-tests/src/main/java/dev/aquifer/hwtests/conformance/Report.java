package dev.aquifer.hwtests.conformance;

/** How many cases came out how. */
public record Report(int passed, int unsupported, int failed, long seed) {
    public boolean ok() {
        return failed == 0;
    }

    @Override
    public String toString() {
        return passed + " passed, " + unsupported + " not supported, " + failed + " failed, seed " + seed;
    }
}
