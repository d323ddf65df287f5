package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.MemoryBudget;
import java.util.ArrayList;
import java.util.List;

/** Memory that an operator holds until it is closed. Used by one thread. */
final class Held implements AutoCloseable {
    private final MemoryBudget memory;
    private long bytes;

    Held(MemoryBudget memory) {
        this.memory = memory;
    }

    void add(long more) {
        memory.reserve(more);
        bytes += more;
    }

    /** All rows of an operator as one batch. */
    Batch all(Operator operator, Execution execution) {
        List<Batch> batches = new ArrayList<>();
        try (BatchSource rows = operator.open(execution)) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                add(batch.memoryBytes());
                batches.add(batch);
            }
        }
        return Columns.concat(operator.types(), batches);
    }

    @Override
    public void close() {
        memory.release(bytes);
        bytes = 0;
    }
}
