package dev.aquifer.benchmarks.primitive;

import static dev.aquifer.benchmarks.primitive.CompareCases.SHARES;
import static dev.aquifer.benchmarks.primitive.Shapes.MONEY;

import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aggregates of all rows, of those that pass a filter on another column, and in groups. */
final class AggregateCases {
    private static final Shape MEASURE = Shapes.packed(MONEY, Codes.bits(24));

    private static final double HALF = 0.5;

    private final List<PrimitiveCase> cases = new ArrayList<>();

    private AggregateCases() {}

    static List<PrimitiveCase> cases() {
        AggregateCases all = new AggregateCases();
        Shape doubles = Shapes.floats(DataType.FLOAT64, Encoding.PLAIN, Codes.bits(40));
        Shape wide = Shapes.wide(Encoding.PLAIN, Codes.bits(40));
        Shape texts = Shapes.texts(Encoding.PLAIN, Codes.bits(40));
        Shape sparse = Shapes.packed(DataType.INT64, Codes.bits(16)).withNulls(0.1);
        all.whole(AggregateFunction.COUNT, sparse);
        all.filtered(AggregateFunction.COUNT, HALF, sparse);
        for (int bits : List.of(8, 12, 16, 32)) {
            all.whole(AggregateFunction.SUM, Shapes.packed(DataType.INT64, Codes.bits(bits)));
        }
        all.whole(AggregateFunction.SUM, Shapes.sparse(DataType.INT64, Encoding.DICTIONARY, Codes.bits(8)));
        all.whole(AggregateFunction.SUM, Shapes.longs(DataType.INT64, Encoding.RUN_LENGTH, Codes.bits(16)));
        all.whole(AggregateFunction.SUM, Shapes.longs(DataType.INT64, Encoding.CONSTANT, Codes.any(1)));
        all.whole(AggregateFunction.SUM, MEASURE);
        for (double share : SHARES) {
            all.filtered(AggregateFunction.SUM, share, MEASURE);
        }
        all.whole(AggregateFunction.SUM, Shapes.wide(Encoding.PACKED, Codes.bits(32)));
        all.whole(AggregateFunction.SUM, wide);
        all.whole(AggregateFunction.SUM, doubles);
        // Without a filter, headers and zone maps of blocks can answer.
        all.whole(AggregateFunction.MIN, Shapes.packed(DataType.INT64, Codes.bits(16)));
        all.filtered(AggregateFunction.MIN, HALF, Shapes.packed(DataType.INT64, Codes.bits(16)));
        all.filtered(AggregateFunction.MAX, HALF, Shapes.packed(DataType.INT64, Codes.bits(32)));
        all.filtered(AggregateFunction.MAX, HALF, wide);
        all.filtered(AggregateFunction.MAX, HALF, doubles);
        all.filtered(AggregateFunction.MAX, HALF, texts);
        all.groups("group_by_small", Shapes.texts(Encoding.DICTIONARY, Codes.bits(2)));
        all.groups("group_by_small", Shapes.packed(DataType.INT32, Codes.bits(8)));
        all.groups("group_by_large", Shapes.packed(DataType.INT64, Codes.bits(24)));
        all.groups("group_by_large", texts);
        all.distinct(Shapes.packed(DataType.INT64, Codes.bits(24)));
        all.distinct(texts);
        return all.cases;
    }

    private static String name(AggregateFunction function) {
        return switch (function) {
            case COUNT -> "count";
            case SUM -> "sum";
            case MIN -> "min";
            case MAX -> "max";
        };
    }

    private void whole(AggregateFunction function, Shape shape) {
        add(name(function), null, null, List.of(), function, shape);
    }

    /** Over those rows whose second column is small. */
    private void filtered(AggregateFunction function, double share, Shape shape) {
        Shape second = Shapes.packed(DataType.INT32, Codes.half(8, share));
        add(name(function), share, CompareCases.below(1, second), List.of(), function, shape, second);
    }

    private void groups(String primitive, Shape key) {
        add(primitive, null, null, List.of(0), AggregateFunction.SUM, key, MEASURE);
    }

    /** Over the last column that is no filter's: the first, or the one after the key. */
    private void add(
            String primitive,
            @Nullable Double share,
            @Nullable Expr condition,
            List<Integer> keys,
            AggregateFunction function,
            Shape... shapes) {
        List<Expr> projections = new ArrayList<>();
        for (int i = 0; i <= keys.size(); i++) {
            projections.add(shapes[i].column(i));
        }
        AggregateCall call = new AggregateCall(function, keys.size(), -1);
        cases.add(PrimitiveCase.of(
                primitive, share, condition, projections, new Terminal.Aggregate(keys, List.of(call)), shapes));
    }

    private void distinct(Shape shape) {
        Completion count = new Completion.Distinct(List.of(AggregateFunction.COUNT));
        cases.add(PrimitiveCase.of(
                "distinct",
                null,
                null,
                List.of(shape.column(0)),
                new Terminal.Aggregate(List.of(0), List.of(), count),
                shape));
    }
}
