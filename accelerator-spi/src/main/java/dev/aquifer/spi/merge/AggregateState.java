package dev.aquifer.spi.merge;

import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.type.DataType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of a result: what was computed, over what.
 *
 * @param argument the argument's type, null for COUNT of rows
 */
public record AggregateState(
        AggregateFunction function, @Nullable DataType argument) {
    /** How the states of an aggregate are held and merged. */
    public enum Kind {
        /** An INT64 that is added; never null. */
        COUNT,
        /** A DECIMAL(38,s) that is added. */
        SUM,
        /** A {@link dev.aquifer.spi.merge.WideSum}. */
        WIDE_SUM,
        /** A {@link dev.aquifer.spi.merge.FloatSum}. */
        FLOAT_SUM,
        MIN,
        MAX
    }

    public Kind kind() {
        return switch (function) {
            case COUNT -> Kind.COUNT;
            case SUM -> {
                DataType type = Objects.requireNonNull(argument);
                yield type.isFloat() ? Kind.FLOAT_SUM : stateType().isDecimal() ? Kind.SUM : Kind.WIDE_SUM;
            }
            case MIN -> Kind.MIN;
            case MAX -> Kind.MAX;
        };
    }

    public DataType stateType() {
        return function.stateType(argument);
    }

    public DataType resultType() {
        return function.resultType(argument);
    }
}
