package dev.aquifer.spi.prune;

import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.block.ZoneMaps;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values an expression may have over a run of rows: an upper bound of the set.
 *
 * @param low not above any value that occurs, or null where that is not known
 * @param high not below any value that occurs, NaN included, or null where that is not known
 * @param mayBeNull whether null may occur
 * @param mayBeValue whether anything else may occur
 */
record ValueRange(@Nullable Object low, @Nullable Object high, boolean mayBeNull, boolean mayBeValue) {
    static final ValueRange UNKNOWN = new ValueRange(null, null, true, true);
    static final ValueRange NULL = new ValueRange(null, null, true, false);

    /** Orders that may hold between two values. */
    static final int LESS = 1;

    static final int EQUAL = 2;
    static final int GREATER = 4;

    static ValueRange of(ZoneMap zone) {
        if (zone.allNull()) {
            return NULL;
        }
        Object low = zone.min();
        Object high = zone.max();
        if (high instanceof Double && zone.hasNan()) {
            high = Double.NaN;
        }
        return new ValueRange(low, high, zone.mayHaveNulls(), true);
    }

    static ValueRange of(@Nullable Object literal) {
        return literal == null ? NULL : new ValueRange(literal, literal, false, true);
    }

    /** The range of a boolean with these outcomes. */
    static ValueRange ofOutcomes(int outcomes) {
        boolean mayBeTrue = Outcomes.has(outcomes, Outcomes.TRUE);
        boolean mayBeFalse = Outcomes.has(outcomes, Outcomes.FALSE);
        if (!mayBeTrue && !mayBeFalse) {
            return NULL;
        }
        return new ValueRange(!mayBeFalse, mayBeTrue, Outcomes.has(outcomes, Outcomes.NULL), true);
    }

    /** The outcomes of a boolean in this range. */
    int outcomes() {
        int outcomes = mayBeNull ? Outcomes.NULL : 0;
        if (mayBeValue) {
            outcomes |= Boolean.TRUE.equals(low) ? 0 : Outcomes.FALSE;
            outcomes |= Boolean.FALSE.equals(high) ? 0 : Outcomes.TRUE;
        }
        return outcomes;
    }

    /** The orders that may hold between a value here and one of another range; neither null. */
    int orders(ValueRange other) {
        if (!mayBeValue || !other.mayBeValue) {
            return 0;
        }
        int orders = 0;
        if (mayBeBelow(low, other.high, false)) {
            orders |= LESS;
        }
        if (mayBeBelow(other.low, high, false)) {
            orders |= GREATER;
        }
        if (mayBeBelow(low, other.high, true) && mayBeBelow(other.low, high, true)) {
            orders |= EQUAL;
        }
        return orders;
    }

    private static boolean mayBeBelow(@Nullable Object low, @Nullable Object high, boolean orEqual) {
        if (low == null || high == null) {
            return true;
        }
        int order = ZoneMaps.compare(Objects.requireNonNull(low), Objects.requireNonNull(high));
        return order < 0 || orEqual && order == 0;
    }
}
