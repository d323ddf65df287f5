package dev.aquifer.spi.reference;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.merge.AggregateShape;
import dev.aquifer.spi.primitive.Sink;
import dev.aquifer.spi.type.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups in a map from boxed keys to states, in the order in which they come. */
final class AggregateSink implements RowSink {
    /** What a key value or state takes in the map beside its bytes, about. */
    private static final int VALUE_BYTES = 64;
    /** Groups of an output batch, at most. */
    private static final int BATCH_ROWS = 65_536;

    private final RowProgram program;
    private final Sink.Aggregate sink;
    private final AggregateShape shape;
    private final MemoryReservation memory;
    private final Map<List<@Nullable Object>, List<BoxedState>> groups = new LinkedHashMap<>();

    AggregateSink(RowProgram program, Sink.Aggregate sink, MemoryBudget budget) {
        this.program = program;
        this.sink = sink;
        this.shape = AggregateShape.of(program.program(), sink);
        this.memory = new MemoryReservation(budget);
    }

    @Override
    public boolean wantsMore() {
        return true;
    }

    @Override
    public void accept(@Nullable Object[] registers, long position) {
        List<@Nullable Object> key = new ArrayList<>();
        for (int register : sink.keys()) {
            key.add(canonical(program.defined(registers, register)));
        }
        List<BoxedState> states = groups.get(key);
        if (states == null) {
            states = newGroup(key);
        }
        for (int i = 0; i < states.size(); i++) {
            Sink.Call call = sink.calls().get(i);
            boolean counts = call.filter() < 0 || Boolean.TRUE.equals(program.defined(registers, call.filter()));
            if (counts && call.arg() < 0) {
                states.get(i).countRow();
            } else if (counts) {
                Object value = program.defined(registers, call.arg());
                if (value != null) {
                    states.get(i).add(value);
                }
            }
        }
    }

    private List<BoxedState> newGroup(List<@Nullable Object> key) {
        long bytes = (long) VALUE_BYTES * (key.size() + 2L * shape.states().size() + 2);
        for (Object value : key) {
            bytes += value instanceof Bytes text ? text.length() : 0;
        }
        memory.add(bytes);
        List<BoxedState> states = new ArrayList<>();
        shape.states().forEach(state -> states.add(new BoxedState(state, memory)));
        groups.put(key, states);
        return states;
    }

    /** Equal keys become equal objects: -0.0 is 0.0, and {@link Double#equals} takes all NaNs for one. */
    private static @Nullable Object canonical(@Nullable Object key) {
        if (!(key instanceof Double value)) {
            return key;
        }
        return value.isNaN() ? Double.NaN : value + 0.0;
    }

    @Override
    public List<Batch> endStripe() {
        return List.of();
    }

    @Override
    public List<Batch> finish() {
        if (sink.keys().isEmpty() && groups.isEmpty()) {
            newGroup(List.of());
        }
        List<Batch> batches = new ArrayList<>();
        List<ColumnBuilder> builders = RowsSink.builders(shape.types());
        int rows = 0;
        for (Map.Entry<List<@Nullable Object>, List<BoxedState>> group : groups.entrySet()) {
            int column = 0;
            for (Object value : group.getKey()) {
                builders.get(column++).append(value);
            }
            for (BoxedState state : group.getValue()) {
                builders.get(column++).append(state.state());
            }
            if (++rows == BATCH_ROWS) {
                batches.add(RowsSink.build(rows, builders));
                builders = RowsSink.builders(shape.types());
                rows = 0;
            }
        }
        if (rows > 0) {
            batches.add(RowsSink.build(rows, builders));
        }
        return batches;
    }

    @Override
    public void close() {
        memory.close();
    }
}
