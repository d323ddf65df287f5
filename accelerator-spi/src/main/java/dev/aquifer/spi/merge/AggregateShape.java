package dev.aquifer.spi.merge;

import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.primitive.Sink;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;

/** The columns of partial aggregates: keys, then states. */
public record AggregateShape(List<DataType> keys, List<AggregateState> states) {
    public AggregateShape {
        keys = List.copyOf(keys);
        states = List.copyOf(states);
    }

    /** The shape of what a fragment with an Aggregate terminal gives. */
    public static AggregateShape of(Fragment fragment, Terminal.Aggregate aggregate) {
        return new AggregateShape(
                aggregate.keys().stream()
                        .map(key -> fragment.projections().get(key).type())
                        .toList(),
                aggregate.calls().stream()
                        .map(call -> new AggregateState(call.function(), fragment.argType(call)))
                        .toList());
    }

    /** The shape of what a program with an Aggregate sink gives. */
    public static AggregateShape of(Program program, Sink.Aggregate aggregate) {
        return new AggregateShape(
                aggregate.keys().stream().map(program::typeOf).toList(),
                aggregate.calls().stream()
                        .map(call -> new AggregateState(call.function(), program.argType(call)))
                        .toList());
    }

    /** The types of a partial batch. */
    public List<DataType> types() {
        List<DataType> types = new ArrayList<>(keys);
        states.forEach(state -> types.add(state.stateType()));
        return types;
    }
}
