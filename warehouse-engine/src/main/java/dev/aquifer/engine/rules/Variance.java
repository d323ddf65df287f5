package dev.aquifer.engine.rules;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.DataType;
import java.math.BigInteger;

/** Variances from sums: of exact numbers exact up to the division, so that values far from zero lose nothing. */
final class Variance {
    private static final DataType COUNT = DataType.decimal(19, 0);

    private Variance() {}

    /**
     * The variance, null where there are too few values.
     *
     * @param count of the values, an INT64
     * @param sum of the values, a DECIMAL or FLOAT64
     * @param squares sum of the squares, a DECIMAL or FLOAT64 as the sum is
     * @param sample whether it estimates that of a whole of which the values are a sample
     */
    static Expr of(Expr count, Expr sum, Expr squares, boolean sample) {
        if (sum.type().isFloat()) {
            return whereEnough(count, sample, floating(count, sum, squares, sample));
        }
        Expr number = Typed.as(count, COUNT);
        Expr divisor = Expr.call(Function.MULTIPLY, number, divisor(number, sample));
        return whereEnough(count, sample, Expr.call(Function.DIVIDE, spread(number, sum, squares), divisor));
    }

    /** The standard deviation, a FLOAT64: of exact numbers not the root of the variance, which has lost digits. */
    static Expr root(Expr count, Expr sum, Expr squares, boolean sample) {
        Expr variance;
        if (sum.type().isFloat()) {
            variance = floating(count, sum, squares, sample);
        } else {
            Expr spread = Typed.as(spread(Typed.as(count, COUNT), sum, squares), DataType.FLOAT64);
            Expr number = Typed.as(count, DataType.FLOAT64);
            variance =
                    Expr.call(Function.DIVIDE, spread, Expr.call(Function.MULTIPLY, number, divisor(number, sample)));
        }
        return whereEnough(count, sample, Expr.call(Function.SQRT, variance));
    }

    private static Expr whereEnough(Expr count, boolean sample, Expr value) {
        Expr enough = Expr.call(Function.GREATER, count, new Expr.Literal(DataType.INT64, sample ? 1L : 0L));
        return Expr.call(Function.CASE, enough, value, new Expr.Literal(value.type(), null));
    }

    /** The variance times the square of the count. */
    private static Expr spread(Expr count, Expr sum, Expr squares) {
        return Expr.call(
                Function.SUBTRACT,
                Expr.call(Function.MULTIPLY, count, squares),
                Expr.call(Function.MULTIPLY, sum, sum));
    }

    private static Expr floating(Expr count, Expr sum, Expr squares, boolean sample) {
        Expr number = Typed.as(count, DataType.FLOAT64);
        Expr mean = Expr.call(Function.DIVIDE, Expr.call(Function.MULTIPLY, sum, sum), number);
        Expr variance =
                Expr.call(Function.DIVIDE, Expr.call(Function.SUBTRACT, squares, mean), divisor(number, sample));
        // Rounding may leave less than nothing, of which there is no root.
        Expr zero = new Expr.Literal(DataType.FLOAT64, 0.0);
        return Expr.call(Function.CASE, Expr.call(Function.LESS, variance, zero), zero, variance);
    }

    private static Expr divisor(Expr count, boolean sample) {
        Object one = count.type().isFloat() ? (Object) 1.0 : BigInteger.ONE;
        return sample ? Expr.call(Function.SUBTRACT, count, new Expr.Literal(count.type(), one)) : count;
    }
}
