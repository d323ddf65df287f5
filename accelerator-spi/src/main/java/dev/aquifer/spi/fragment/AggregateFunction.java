package dev.aquifer.spi.fragment;

import dev.aquifer.spi.expr.Typing;
import dev.aquifer.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates a fragment computes as partial states. AVG and DISTINCT are taken apart by the engine. All states
 * merge in any order to the same bits.
 */
public enum AggregateFunction {
    /** Rows, or rows where the argument is not null; never null. */
    COUNT,
    /** Exact; null if no row counts. */
    SUM,
    /** NaN is the greatest float; -0.0 is less than 0.0 here. Null if no row counts. */
    MIN,
    MAX;

    /**
     * The type in which a partial state travels. SUM over at most 18 digits is a DECIMAL(38,s) that cannot overflow;
     * wider sums are a {@code WideSum} and float sums a {@code FloatSum} state in BINARY (package {@code merge}).
     *
     * @param arg the argument's type, null for COUNT of rows
     */
    public DataType stateType(@Nullable DataType arg) {
        return switch (this) {
            case COUNT -> DataType.INT64;
            case SUM -> {
                DataType type = require(arg);
                boolean narrow =
                        type.isInteger() || type.isDecimal() && type.precision() <= DataType.MAX_LONG_PRECISION;
                yield narrow ? DataType.decimal(DataType.MAX_PRECISION, type.scale()) : DataType.BINARY;
            }
            case MIN, MAX -> require(arg);
        };
    }

    /** The type of the final value. */
    public DataType resultType(@Nullable DataType arg) {
        return switch (this) {
            case COUNT -> DataType.INT64;
            case SUM -> Typing.sumType(require(arg));
            case MIN, MAX -> require(arg);
        };
    }

    private DataType require(@Nullable DataType arg) {
        if (arg == null) {
            throw new IllegalArgumentException(this + " needs an argument");
        }
        return arg;
    }
}
