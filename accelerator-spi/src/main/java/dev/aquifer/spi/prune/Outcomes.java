package dev.aquifer.spi.prune;

/**
 * Which of SQL's three truth values a condition may have over a run of rows, as a set of bits. Sets are upper bounds: a
 * value that is not in the set does not occur; one that is in it may or may not.
 */
final class Outcomes {
    static final int TRUE = 1;
    static final int FALSE = 2;
    static final int NULL = 4;
    static final int ALL = TRUE | FALSE | NULL;

    private Outcomes() {}

    static boolean has(int outcomes, int value) {
        return (outcomes & value) != 0;
    }

    /**
     * Of a comparison.
     *
     * @param orders that may hold between two values that are compared ({@link ValueRange})
     * @param holds those for which the comparison is true
     * @param mayBeNull whether one of the two may be null
     */
    static int compared(int orders, int holds, boolean mayBeNull) {
        return ((orders & holds) != 0 ? TRUE : 0) | ((orders & ~holds) != 0 ? FALSE : 0) | (mayBeNull ? NULL : 0);
    }

    static int not(int outcomes) {
        return outcomes & NULL | (has(outcomes, TRUE) ? FALSE : 0) | (has(outcomes, FALSE) ? TRUE : 0);
    }

    static int and(int left, int right) {
        if (left == 0 || right == 0) {
            return 0;
        }
        int result = (left | right) & FALSE;
        result |= left & right & TRUE;
        // Null: one side is null, the other null or true.
        boolean isNull = has(left, NULL) && has(right, NULL | TRUE) || has(right, NULL) && has(left, NULL | TRUE);
        return result | (isNull ? NULL : 0);
    }

    static int or(int left, int right) {
        return not(and(not(left), not(right)));
    }

    /** True where the outcome is one of {@code which}, else false. */
    static int test(int outcomes, int which) {
        return (has(outcomes, which) ? TRUE : 0) | (has(outcomes, ALL & ~which) ? FALSE : 0);
    }
}
