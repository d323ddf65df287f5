package dev.aquifer.spi.prune;

import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.expr.Expr;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Compares a column with a constant, both of 64 bits: most of what filters say, so it makes no {@link ValueRange} for each run
 * of rows.
 *
 * @param column the column's position
 * @param holds the orders of the column's value to the constant for which the comparison is true
 */
record LongComparison(int column, long constant, int holds) implements ZoneCondition {
    private static final int ANY = ValueRange.LESS | ValueRange.EQUAL | ValueRange.GREATER;

    /** Null where the comparison is of anything else. */
    static @Nullable LongComparison of(Expr left, Expr right, int holds) {
        if (left instanceof Expr.ColumnRef ref
                && right instanceof Expr.Literal literal
                && literal.value() instanceof Long constant) {
            return new LongComparison(ref.index(), constant, holds);
        }
        if (right instanceof Expr.ColumnRef ref
                && left instanceof Expr.Literal literal
                && literal.value() instanceof Long constant) {
            return new LongComparison(ref.index(), constant, mirrored(holds));
        }
        return null;
    }

    private static int mirrored(int orders) {
        return orders & ValueRange.EQUAL
                | ((orders & ValueRange.LESS) != 0 ? ValueRange.GREATER : 0)
                | ((orders & ValueRange.GREATER) != 0 ? ValueRange.LESS : 0);
    }

    @Override
    public int outcomes(IntFunction<ZoneMap> columns) {
        ZoneMap zone = columns.apply(column);
        if (zone.allNull()) {
            return Outcomes.NULL;
        }
        int orders = ANY;
        if (zone.min() instanceof Long low && zone.max() instanceof Long high) {
            orders = (low < constant ? ValueRange.LESS : 0)
                    | (low <= constant && constant <= high ? ValueRange.EQUAL : 0)
                    | (high > constant ? ValueRange.GREATER : 0);
        }
        return Outcomes.compared(orders, holds, zone.mayHaveNulls());
    }
}
