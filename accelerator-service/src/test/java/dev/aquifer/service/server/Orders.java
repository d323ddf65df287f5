package dev.aquifer.service.server;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fragments over the files of {@link TestLake#orders}. */
final class Orders {
    static final Field ID = new Field("id", DataType.INT64);
    static final Field AMOUNT = new Field("amount", DataType.decimal(15, 2));
    static final Field MAYBE = new Field("maybe", DataType.INT32);
    static final Field WORD = new Field("word", DataType.VARCHAR);
    static final Field NOISE = new Field("noise", DataType.FLOAT64);

    private static final List<Field> COLUMNS = List.of(ID, AMOUNT, MAYBE, WORD, NOISE);

    private Orders() {}

    static Expr column(int index) {
        return new Expr.ColumnRef(index, COLUMNS.get(index).type());
    }

    static Expr idBelow(long bound) {
        return Expr.call(Function.LESS, column(0), new Expr.Literal(DataType.INT64, bound));
    }

    static Expr idFrom(long bound) {
        return Expr.call(Function.GREATER_OR_EQUAL, column(0), new Expr.Literal(DataType.INT64, bound));
    }

    /** {@code select word, count(*), sum(amount), sum(noise), min(maybe) group by word}. */
    static Fragment byWord(@Nullable Expr filter) {
        return new Fragment(
                COLUMNS,
                filter,
                List.of(column(3), column(1), column(4), column(2)),
                new Terminal.Aggregate(
                        List.of(0),
                        List.of(
                                new AggregateCall(AggregateFunction.COUNT, -1, -1),
                                new AggregateCall(AggregateFunction.SUM, 1, -1),
                                new AggregateCall(AggregateFunction.SUM, 2, -1),
                                new AggregateCall(AggregateFunction.MIN, 3, -1))));
    }

    /** {@code select count(*), sum(id)}: reads one column. */
    static Fragment total(@Nullable Expr filter) {
        return new Fragment(
                List.of(ID),
                filter,
                List.of(column(0)),
                new Terminal.Aggregate(
                        List.of(),
                        List.of(
                                new AggregateCall(AggregateFunction.COUNT, -1, -1),
                                new AggregateCall(AggregateFunction.SUM, 0, -1))));
    }

    /** {@code select count(*), count(maybe), min(id), max(id), max(word)}. */
    static Fragment extremes(@Nullable Expr filter) {
        return new Fragment(
                COLUMNS,
                filter,
                List.of(column(0), column(2), column(3)),
                new Terminal.Aggregate(
                        List.of(),
                        List.of(
                                new AggregateCall(AggregateFunction.COUNT, -1, -1),
                                new AggregateCall(AggregateFunction.COUNT, 1, -1),
                                new AggregateCall(AggregateFunction.MIN, 0, -1),
                                new AggregateCall(AggregateFunction.MAX, 0, -1),
                                new AggregateCall(AggregateFunction.MAX, 2, -1))));
    }

    /** {@code select id, word, maybe}. */
    static Fragment rows(@Nullable Expr filter, long limit) {
        return new Fragment(COLUMNS, filter, List.of(column(0), column(3), column(2)), new Terminal.Rows(limit));
    }

    /** {@code select amount, id order by amount desc limit n}. */
    static Fragment top(long limit) {
        return new Fragment(
                COLUMNS,
                null,
                List.of(column(1), column(0)),
                new Terminal.TopN(List.of(new SortKey(0, true, false)), limit));
    }
}
