package dev.aquifer.benchmarks.primitive;

import static dev.aquifer.benchmarks.primitive.CompareCases.SHARE;
import static dev.aquifer.benchmarks.primitive.CompareCases.SHARES;
import static dev.aquifer.benchmarks.primitive.Shapes.MONEY;

import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;

/** Rows that are handed out, the first rows of an order, and one whole program. */
final class RowCases {
    private RowCases() {}

    static List<PrimitiveCase> cases() {
        List<PrimitiveCase> cases = new ArrayList<>();
        for (double share : SHARES) {
            cases.add(select(share, Shapes.packed(DataType.INT64, Codes.bits(16))));
        }
        cases.add(select(SHARE, Shapes.floats(DataType.FLOAT64, Encoding.PLAIN, Codes.bits(40))));
        cases.add(select(SHARE, Shapes.texts(Encoding.DICTIONARY, Codes.bits(8))));
        cases.add(select(SHARE, Shapes.texts(Encoding.PLAIN, Codes.bits(40))));
        Shape number = Shapes.packed(DataType.INT64, Codes.bits(32));
        cases.add(top(10, number));
        cases.add(top(1_000, number));
        cases.add(top(10, Shapes.floats(DataType.FLOAT64, Encoding.PLAIN, Codes.bits(40))));
        cases.add(query6());
        return cases;
    }

    /** Hands out the first column of those rows whose second is small. */
    private static PrimitiveCase select(double share, Shape shape) {
        Shape second = Shapes.packed(DataType.INT32, Codes.half(8, share));
        return PrimitiveCase.of(
                "select_rows",
                share,
                CompareCases.below(1, second),
                List.of(shape.column(0)),
                new Terminal.Rows(-1),
                shape,
                second);
    }

    private static PrimitiveCase top(int limit, Shape shape) {
        SortKey key = new SortKey(0, true, false);
        return PrimitiveCase.of(
                "top_" + limit, null, null, List.of(shape.column(0)), new Terminal.TopN(List.of(key), limit), shape);
    }

    /** TPC-H query 6, over columns with the ranges of lineitem's; 1.8 % of the rows pass. */
    private static PrimitiveCase query6() {
        Shape shipDate = Shapes.packed(DataType.DATE, Codes.any(2_526));
        Shape discount = money(0, 1, 11);
        Shape quantity = money(100, 100, 50);
        Shape price = money(90_000, 1, 10_405_000);
        Expr filter = Expr.call(
                Function.AND,
                Expr.call(Function.GREATER_OR_EQUAL, shipDate.column(0), shipDate.literal(730)),
                Expr.call(Function.LESS, shipDate.column(0), shipDate.literal(1_095)),
                Expr.call(Function.GREATER_OR_EQUAL, discount.column(1), discount.literal(5)),
                Expr.call(Function.LESS_OR_EQUAL, discount.column(1), discount.literal(7)),
                Expr.call(Function.LESS, quantity.column(2), quantity.literal(23)));
        Expr revenue = Expr.call(Function.MULTIPLY, price.column(3), discount.column(1));
        AggregateCall sum = new AggregateCall(AggregateFunction.SUM, 0, -1);
        return PrimitiveCase.of(
                "query6",
                null,
                filter,
                List.of(revenue),
                new Terminal.Aggregate(List.of(), List.of(sum)),
                shipDate,
                discount,
                quantity,
                price);
    }

    private static Shape money(long base, long step, long size) {
        return new Shape(MONEY, Encoding.PACKED, Codes.any(size), code -> base + step * code, 0);
    }
}
