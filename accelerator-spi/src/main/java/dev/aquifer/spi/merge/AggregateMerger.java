package dev.aquifer.spi.merge;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges partial aggregates: any number of batches of one shape, from any devices and nodes, into one row a group. Keys:
 * null is a key like any other, -0.0 joins 0.0 (and comes out as 0.0), NaNs are one. The states of the result are again
 * partial, so results merge further. Not thread-safe.
 */
public final class AggregateMerger implements AutoCloseable {
    /** Rows of an output batch, at most. */
    private static final int BATCH_ROWS = 65_536;

    private final AggregateShape shape;
    private final List<DataType> types;
    private final MemoryReservation memory;
    private final KeyTable keys;
    private final List<StateColumn> states = new ArrayList<>();

    /** @param budget asked before tables grow */
    public AggregateMerger(AggregateShape shape, MemoryBudget budget) {
        this.shape = shape;
        this.types = shape.types();
        this.memory = new MemoryReservation(budget);
        this.keys = new KeyTable(shape.keys(), memory);
        for (AggregateState state : shape.states()) {
            states.add(new StateColumn(state, memory));
        }
    }

    /** Groups so far. */
    public int groups() {
        return keys.size();
    }

    /**
     * Adds the rows of a partial result.
     *
     * @throws AquiferException INTERNAL if the batch has not the shape; MEMORY_EXCEEDED where the budget refuses
     */
    public void add(Batch batch) {
        if (!batch.types().equals(types)) {
            throw new AquiferException(
                    ErrorCode.INTERNAL, "partial aggregates of types " + batch.types() + ", not " + types);
        }
        for (int row = 0; row < batch.rows(); row++) {
            int group = keys.groupOf(batch, row);
            for (int i = 0; i < states.size(); i++) {
                StateColumn state = states.get(i);
                state.reserve(keys.size());
                state.merge(group, batch.column(shape.keys().size() + i), row);
            }
        }
    }

    /**
     * Keys and merged states, groups in the order in which they first came. Without keys there is exactly one row, also
     * where nothing was added. The merger keeps its groups, and more can be added afterwards. The batches count as the
     * merger's memory until it is closed.
     *
     * @throws AquiferException MEMORY_EXCEEDED where the budget refuses
     */
    public List<Batch> finish() {
        if (shape.keys().isEmpty() && keys.size() == 0) {
            keys.groupOf(new Batch(1, List.of()), 0);
            states.forEach(state -> state.reserve(1));
        }
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += BATCH_ROWS) {
            Batch batch = batch(from, Math.min(keys.size(), from + BATCH_ROWS));
            memory.add(batch.memoryBytes());
            batches.add(batch);
        }
        return batches;
    }

    private Batch batch(int from, int to) {
        List<ColumnBuilder> builders = new ArrayList<>();
        for (DataType type : types) {
            builders.add(new ColumnBuilder(type, to - from));
        }
        for (int group = from; group < to; group++) {
            keys.append(group, builders);
            for (int i = 0; i < states.size(); i++) {
                states.get(i).append(group, builders.get(shape.keys().size() + i));
            }
        }
        List<Column> columns = new ArrayList<>();
        builders.forEach(builder -> columns.add(builder.build()));
        return new Batch(to - from, columns);
    }

    @Override
    public void close() {
        memory.close();
    }
}
