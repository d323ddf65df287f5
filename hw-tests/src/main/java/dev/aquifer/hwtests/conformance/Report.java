package dev.aquifer.hwtests.conformance;

/**
 * How many cases came out how.
 *
 * @param coverage what ran over which types and encodings
 */
public record Report(int passed, int unsupported, int failed, long seed, Coverage coverage) {
    public boolean ok() {
        return failed == 0;
    }

    @Override
    public String toString() {
        return passed + " passed, " + unsupported + " not supported, " + failed + " failed, seed " + seed;
    }
}
