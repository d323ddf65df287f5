package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.type.DataType;
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

    /**
     * All rows of an operator as one batch. While a column is put together, its parts are there too; those of the columns before it
     * are not any more.
     */
    Batch all(Operator operator, Execution execution) {
        List<DataType> types = operator.types();
        List<List<Column>> parts = new ArrayList<>();
        types.forEach(_ -> parts.add(new ArrayList<>()));
        long rowCount = 0;
        try (BatchSource rows = operator.open(execution)) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                execution.checkStop();
                add(batch.memoryBytes());
                rowCount += batch.rows();
                for (int i = 0; i < parts.size(); i++) {
                    parts.get(i).add(batch.column(i));
                }
            }
        }
        int count = Columns.checkedRows(rowCount);
        List<Column> columns = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            List<Column> own = parts.get(i);
            long twice = own.size() == 1
                    ? 0
                    : own.stream().mapToLong(Column::memoryBytes).sum();
            memory.reserve(twice);
            try {
                columns.add(Columns.concat(types.get(i), own, count));
            } finally {
                memory.release(twice);
                parts.set(i, List.of());
            }
        }
        return new Batch(count, columns);
    }

    @Override
    public void close() {
        memory.release(bytes);
        bytes = 0;
    }
}
