package dev.aquifer.benchmarks.primitive;

import static dev.aquifer.benchmarks.primitive.Shapes.MONEY;

import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Values against constants. */
final class CompareCases {
    static final List<Double> SHARES = List.of(0.01, 0.1, 0.5, 1.0);
    static final double SHARE = 0.1;

    private CompareCases() {}

    static List<PrimitiveCase> cases() {
        List<PrimitiveCase> cases = new ArrayList<>();
        for (int bits : List.of(8, 12, 16, 32)) {
            cases.add(equal(SHARE, Shapes.packed(DataType.INT64, Codes.one(bits, SHARE))));
        }
        cases.add(equal(SHARE, Shapes.sparse(DataType.INT64, Encoding.DICTIONARY, Codes.one(8, SHARE))));
        cases.add(equal(SHARE, Shapes.longs(DataType.INT64, Encoding.RUN_LENGTH, Codes.one(16, SHARE))));
        cases.add(equal(1, Shapes.longs(DataType.INT64, Encoding.CONSTANT, Codes.any(1))));
        cases.add(equal(SHARE, Shapes.wide(Encoding.PACKED, Codes.one(32, SHARE))));
        cases.add(equal(SHARE, Shapes.wide(Encoding.PLAIN, Codes.one(40, SHARE))));
        cases.add(equal(SHARE, Shapes.texts(Encoding.DICTIONARY, Codes.one(8, SHARE))));
        cases.add(equal(SHARE, Shapes.texts(Encoding.PLAIN, Codes.one(40, SHARE))));
        for (double share : SHARES) {
            cases.add(less(share, Shapes.packed(DataType.INT32, Codes.half(16, share))));
        }
        cases.add(less(SHARE, Shapes.packed(DataType.INT8, Codes.half(8, SHARE))));
        cases.add(less(SHARE, Shapes.packed(DataType.INT16, Codes.half(12, SHARE))));
        cases.add(less(SHARE, Shapes.packed(DataType.TIMESTAMP, Codes.half(48, SHARE))));
        for (double share : SHARES) {
            cases.add(less(share, Shapes.floats(DataType.FLOAT64, Encoding.PLAIN, Codes.half(40, share))));
        }
        for (double share : SHARES) {
            cases.add(between(share, Shapes.packed(DataType.DATE, Codes.quarter(12, share))));
        }
        cases.add(between(SHARE, Shapes.packed(MONEY, Codes.quarter(24, SHARE))));
        cases.add(in(Shapes.scattered(DataType.INT32, Codes.eight(16, SHARE))));
        cases.add(in(Shapes.scattered(DataType.INT64, Codes.eight(32, SHARE))));
        cases.add(in(Shapes.texts(Encoding.DICTIONARY, Codes.eight(8, SHARE))));
        cases.add(in(Shapes.texts(Encoding.PLAIN, Codes.eight(40, SHARE))));
        Shape number = Shapes.packed(DataType.INT64, Codes.bits(16));
        cases.add(isNull(0.01, number.withNulls(0.01)));
        cases.add(isNull(0.5, number.withNulls(0.5)));
        cases.add(isNull(SHARE, Shapes.texts(Encoding.PLAIN, Codes.bits(40)).withNulls(SHARE)));
        return cases;
    }

    private static PrimitiveCase equal(double share, Shape shape) {
        Expr condition = Expr.call(
                Function.EQUAL, shape.column(0), shape.literal(shape.codes().from()));
        return PrimitiveCase.filter("equal", share, condition, shape);
    }

    /** The first column below the upper border of what is kept of it. */
    static Expr below(int column, Shape shape) {
        return Expr.call(
                Function.LESS, shape.column(column), shape.literal(shape.codes().to()));
    }

    private static PrimitiveCase less(double share, Shape shape) {
        return PrimitiveCase.filter("less", share, below(0, shape), shape);
    }

    private static PrimitiveCase between(double share, Shape shape) {
        Expr condition = Expr.call(
                Function.AND,
                Expr.call(
                        Function.GREATER_OR_EQUAL,
                        shape.column(0),
                        shape.literal(shape.codes().from())),
                Expr.call(
                        Function.LESS_OR_EQUAL,
                        shape.column(0),
                        shape.literal(shape.codes().to() - 1)));
        return PrimitiveCase.filter("between", share, condition, shape);
    }

    private static PrimitiveCase in(Shape shape) {
        Stream<Expr> kept =
                LongStream.range(shape.codes().from(), shape.codes().to()).mapToObj(shape::literal);
        Expr[] args = Stream.concat(Stream.of(shape.column(0)), kept).toArray(Expr[]::new);
        return PrimitiveCase.filter("in", SHARE, Expr.call(Function.IN, args), shape);
    }

    private static PrimitiveCase isNull(double share, Shape shape) {
        return PrimitiveCase.filter("is_null", share, Expr.call(Function.IS_NULL, shape.column(0)), shape);
    }
}
