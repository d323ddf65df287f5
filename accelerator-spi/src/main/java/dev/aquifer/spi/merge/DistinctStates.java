package dev.aquifer.spi.merge;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.type.DataType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The second grouping of DISTINCT: groups by keys and argument, each once, become states by keys alone. The argument is the
 * last key of the first grouping.
 */
public final class DistinctStates {
    private final AggregateShape first;
    private final AggregateShape second;
    private final List<AggregateFunction> functions;
    private final DataType argument;

    /** @param first the groups by keys and argument */
    public DistinctStates(AggregateShape first, List<AggregateFunction> functions) {
        this.first = first;
        this.functions = functions;
        int keys = first.keys().size() - 1;
        this.argument = first.keys().get(keys);
        List<AggregateState> states = new ArrayList<>(first.states());
        for (AggregateFunction function : functions) {
            states.add(new AggregateState(function, argument));
        }
        this.second = new AggregateShape(first.keys().subList(0, keys), states);
    }

    /** Of what comes out: the other keys, the states of the first grouping, and those of the argument. */
    public AggregateShape shape() {
        return second;
    }

    /** States by the other keys, one row for each row of the first grouping; they merge. */
    public Batch of(Batch groups) {
        int keys = second.keys().size();
        List<Column> columns = new ArrayList<>(groups.columns().subList(0, keys));
        columns.addAll(
                groups.columns().subList(keys + 1, keys + 1 + first.states().size()));
        for (AggregateFunction function : functions) {
            columns.add(states(function, groups.column(keys)));
        }
        return new Batch(groups.rows(), columns);
    }

    private Column states(AggregateFunction function, Column values) {
        AggregateState state = new AggregateState(function, argument);
        ColumnBuilder builder = new ColumnBuilder(state.stateType(), values.size());
        for (int row = 0; row < values.size(); row++) {
            builder.append(state(state, values.value(row)));
        }
        return builder.build();
    }

    private static @Nullable Object state(AggregateState state, @Nullable Object value) {
        return switch (state.kind()) {
            case COUNT -> value == null ? 0L : 1L;
            case MIN, MAX -> value;
            case SUM -> value instanceof Long number ? BigInteger.valueOf(number) : value;
            case WIDE_SUM -> value instanceof BigInteger wide ? WideSum.encode(wide) : null;
            case FLOAT_SUM -> {
                if (!(value instanceof Double number)) {
                    yield null;
                }
                long[] sum = new long[FloatSum.LONGS];
                FloatSum.add(sum, 0, number);
                yield FloatSum.encode(sum, 0);
            }
        };
    }
}
