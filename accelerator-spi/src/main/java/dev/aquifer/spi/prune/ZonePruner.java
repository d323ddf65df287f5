package dev.aquifer.spi.prune;

import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.expr.Expr;
import java.util.function.IntFunction;

/**
 * Decides from zone maps whether a filter can be true for a row. It reckons with sets of possible outcomes in SQL's three
 * values: comparisons of columns, constants and widening casts of them, AND, OR, NOT, IN, LIKE, SIMILAR TO and regular
 * expressions with a known beginning, CASE, COALESCE, IS NULL and its kin are understood; anything else may have any outcome.
 *
 * <p>Rows that are skipped raise no errors: {@code 1 / a > 0 and b < 5} does not fail for a stripe in which b is never
 * below 5, though a is 0 there. SQL leaves the order of conjuncts open, and so does PostgreSQL.
 *
 * <p>A filter is made ready once and asked for every stripe. Immutable.
 */
public final class ZonePruner {
    private final ZoneCondition condition;

    private ZonePruner(ZoneCondition condition) {
        this.condition = condition;
    }

    /** @param filter a BOOLEAN */
    public static ZonePruner of(Expr filter) {
        return new ZonePruner(ConditionCompiler.condition(filter));
    }

    /**
     * False only if the filter is true for no row.
     *
     * @param columns the zone map of a scanned column by its position, {@link ZoneMap#unknown} where there is none
     */
    public boolean mayMatch(IntFunction<ZoneMap> columns) {
        return Outcomes.has(condition.outcomes(columns), Outcomes.TRUE);
    }

    /** True only if the filter is true for every row. It then need not be evaluated, and parts of it that fail do not. */
    public boolean alwaysMatches(IntFunction<ZoneMap> columns) {
        return condition.outcomes(columns) == Outcomes.TRUE;
    }

    /** {@link #mayMatch(IntFunction)} of a filter that is asked once. */
    public static boolean mayMatch(Expr filter, IntFunction<ZoneMap> columns) {
        return of(filter).mayMatch(columns);
    }

    /** {@link #alwaysMatches(IntFunction)} of a filter that is asked once. */
    public static boolean alwaysMatches(Expr filter, IntFunction<ZoneMap> columns) {
        return of(filter).alwaysMatches(columns);
    }
}
