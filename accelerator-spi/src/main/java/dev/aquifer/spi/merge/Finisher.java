package dev.aquifer.spi.merge;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Typing;
import dev.aquifer.spi.fragment.FinalColumn;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.ValueText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns merged states into the values that SQL shows. */
public final class Finisher {
    private Finisher() {}

    /** The type of a final column. */
    public static DataType type(AggregateShape shape, FinalColumn column) {
        return switch (column) {
            case FinalColumn.Key key -> shape.keys().get(key.key());
            case FinalColumn.Value value -> shape.states().get(value.state()).resultType();
            case FinalColumn.Average average -> averageType(shape.states().get(average.sum()));
        };
    }

    private static DataType averageType(AggregateState sum) {
        return Typing.averageType(Objects.requireNonNull(sum.argument()));
    }

    /**
     * Final columns of a batch of keys and states.
     *
     * @throws AquiferException OUT_OF_RANGE if a sum does not fit its type
     */
    public static Batch finish(AggregateShape shape, List<FinalColumn> outputs, Batch states) {
        List<Column> columns = new ArrayList<>();
        for (FinalColumn output : outputs) {
            columns.add(
                    output instanceof FinalColumn.Key key ? states.column(key.key()) : column(shape, output, states));
        }
        return new Batch(states.rows(), columns);
    }

    private static Column column(AggregateShape shape, FinalColumn output, Batch states) {
        int keys = shape.keys().size();
        ColumnBuilder builder = new ColumnBuilder(type(shape, output), states.rows());
        for (int row = 0; row < states.rows(); row++) {
            switch (output) {
                case FinalColumn.Key key -> builder.append(states.column(key.key()), row);
                case FinalColumn.Value value -> {
                    Object state = states.column(keys + value.state()).value(row);
                    builder.append(value(shape.states().get(value.state()), state));
                }
                case FinalColumn.Average average -> {
                    Object sum = states.column(keys + average.sum()).value(row);
                    Object count = states.column(keys + average.count()).value(row);
                    builder.append(
                            average(shape.states().get(average.sum()), sum, (Long) Objects.requireNonNull(count)));
                }
            }
        }
        return builder.build();
    }

    /**
     * The final value of a state, both boxed physical values.
     *
     * @throws AquiferException OUT_OF_RANGE with the sum, if it has more than 38 digits or is past the greatest float
     */
    public static @Nullable Object value(AggregateState aggregate, @Nullable Object state) {
        if (state == null) {
            return null;
        }
        return switch (aggregate.kind()) {
            case COUNT, MIN, MAX -> state;
            case FLOAT_SUM -> floatSum((Bytes) state);
            case SUM, WIDE_SUM -> {
                BigInteger sum = exactSum(aggregate, state);
                DataType type = aggregate.resultType();
                if (sum.abs().compareTo(type.maxUnscaled()) > 0) {
                    throw new AquiferException(
                            ErrorCode.OUT_OF_RANGE, "sum " + ValueText.of(type, sum) + " does not fit " + type);
                }
                yield sum;
            }
        };
    }

    /**
     * The average of {@code count} values: their exact sum by their count, rounded half away from zero at the scale of
     * {@link Typing#averageType}; for floats the sum rounded to FLOAT64, by the count.
     *
     * @param sum an aggregate SUM, whose argument's type is that of the values
     * @param state its state, null where there are no values
     * @return null if the count is 0
     */
    public static @Nullable Object average(AggregateState sum, @Nullable Object state, long count) {
        if (state == null || count == 0) {
            return null;
        }
        if (sum.kind() == AggregateState.Kind.FLOAT_SUM) {
            return floatSum((Bytes) state) / count;
        }
        BigDecimal exact = new BigDecimal(exactSum(sum, state), sum.resultType().scale());
        return exact.divide(BigDecimal.valueOf(count), averageType(sum).scale(), RoundingMode.HALF_UP)
                .unscaledValue();
    }

    private static BigInteger exactSum(AggregateState sum, Object state) {
        if (sum.kind() == AggregateState.Kind.SUM) {
            return (BigInteger) state;
        }
        Bytes bytes = (Bytes) state;
        long[] words = new long[WideSum.LONGS];
        WideSum.decode(bytes.array(), 0, bytes.length(), words, 0);
        return WideSum.value(words, 0);
    }

    private static double floatSum(Bytes state) {
        long[] words = new long[FloatSum.LONGS];
        FloatSum.decode(state.array(), 0, state.length(), words, 0);
        return FloatSum.value(words, 0);
    }
}
