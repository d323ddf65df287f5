package dev.aquifer.benchmarks.device;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import java.util.List;

/** What is asked of {@link Query6Stripes} to compare ways of running a program. */
public enum FusionQuery {
    /** TPC-H query 6: three ranges that 1.8 % of the rows pass, the sum of a product. */
    QUERY6,
    /** The sum of the product over the rows that one range lets pass: a day in a hundred. */
    DAYS_1,
    DAYS_10,
    DAYS_50,
    /** All rows; a zone map says so. */
    DAYS_100,
    /** Two ranges, of which 3.9 % of the rows are counted. */
    COUNT;

    private static final long FIRST_DAY = 8_036;
    private static final long YEAR = 8_766;
    private static final long NEXT_YEAR = 9_131;

    Fragment fragment() {
        return switch (this) {
            case QUERY6 -> Query6Stripes.fragment();
            case DAYS_1 -> days(25);
            case DAYS_10 -> days(253);
            case DAYS_50 -> days(1_263);
            case DAYS_100 -> days(2_526);
            case COUNT -> {
                Fragment query6 = Query6Stripes.fragment();
                Expr filter = Expr.call(
                        Function.AND,
                        between(0, DataType.DATE, YEAR, NEXT_YEAR),
                        between(1, Query6Stripes.MONEY, 5, 8));
                yield new Fragment(
                        query6.columns(),
                        filter,
                        List.of(),
                        new Terminal.Aggregate(List.of(), List.of(new AggregateCall(AggregateFunction.COUNT, -1, -1))));
            }
        };
    }

    private static Fragment days(long count) {
        Fragment query6 = Query6Stripes.fragment();
        return new Fragment(
                query6.columns(),
                between(0, DataType.DATE, FIRST_DAY, FIRST_DAY + count),
                query6.projections(),
                query6.terminal());
    }

    private static Expr between(int column, DataType type, long from, long before) {
        Expr values = new Expr.ColumnRef(column, type);
        return Expr.call(
                Function.AND,
                Expr.call(Function.GREATER_OR_EQUAL, values, new Expr.Literal(type, from)),
                Expr.call(Function.LESS, values, new Expr.Literal(type, before)));
    }
}
