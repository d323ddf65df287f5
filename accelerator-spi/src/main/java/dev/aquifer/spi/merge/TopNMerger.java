package dev.aquifer.spi.merge;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges partial results of a TopN: batches whose last column is the row's INT64 position. Keeps the first {@code limit}
 * rows by the sort keys, equal rows by position. Holds at most about twice the limit. Not thread-safe.
 */
public final class TopNMerger implements AutoCloseable {
    /** Rows of an output batch, at most. */
    private static final int BATCH_ROWS = 65_536;

    /** A row of a batch. */
    private record Row(Batch batch, int index) {}

    private final List<DataType> types;
    private final RowOrder order;
    private final long limit;
    private final MemoryReservation memory;
    private final List<Batch> held = new ArrayList<>();
    private long heldRows;

    /**
     * @param types of the partial batches, the position last
     * @param keys positions among the columns
     * @param limit rows to keep
     */
    public TopNMerger(List<DataType> types, List<SortKey> keys, long limit, MemoryBudget budget) {
        this.types = List.copyOf(types);
        this.order = new RowOrder(keys);
        this.limit = limit;
        this.memory = new MemoryReservation(budget);
    }

    /**
     * Adds the rows of a partial result, which need not be in order.
     *
     * @throws AquiferException INTERNAL if the batch has other types; MEMORY_EXCEEDED where the budget refuses
     */
    public void add(Batch batch) {
        if (!batch.types().equals(types)) {
            throw new AquiferException(ErrorCode.INTERNAL, "first rows of types " + batch.types() + ", not " + types);
        }
        if (limit == 0 || batch.rows() == 0) {
            return;
        }
        memory.add(batch.memoryBytes());
        held.add(batch);
        heldRows += batch.rows();
        if (heldRows - BATCH_ROWS > limit * 2 && limit < Integer.MAX_VALUE / 4) {
            compact();
        }
    }

    private void compact() {
        long before = memory.held();
        List<Batch> kept = gather(sorted());
        held.clear();
        held.addAll(kept);
        heldRows = kept.stream().mapToLong(Batch::rows).sum();
        memory.remove(before);
    }

    /**
     * The first rows in order, with their positions, so that the result merges further. The batches count as the merger's
     * memory until it is closed.
     *
     * @throws AquiferException MEMORY_EXCEEDED where the budget refuses
     */
    public List<Batch> finish() {
        return gather(sorted());
    }

    private List<Row> sorted() {
        List<Row> rows = new ArrayList<>();
        for (Batch batch : held) {
            for (int i = 0; i < batch.rows(); i++) {
                rows.add(new Row(batch, i));
            }
        }
        rows.sort((left, right) -> {
            int byKeys = order.compare(left.batch, left.index, right.batch, right.index);
            return byKeys != 0 ? byKeys : Long.compare(position(left), position(right));
        });
        return rows.size() <= limit ? rows : rows.subList(0, (int) limit);
    }

    private long position(Row row) {
        return ((LongColumn) row.batch.column(types.size() - 1)).values()[row.index];
    }

    private List<Batch> gather(List<Row> rows) {
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += BATCH_ROWS) {
            List<Row> part = rows.subList(from, Math.min(rows.size(), from + BATCH_ROWS));
            List<Column> columns = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                ColumnBuilder builder = new ColumnBuilder(types.get(i), part.size());
                for (Row row : part) {
                    builder.append(row.batch.column(i), row.index);
                }
                columns.add(builder.build());
            }
            Batch batch = new Batch(part.size(), columns);
            memory.add(batch.memoryBytes());
            batches.add(batch);
        }
        return batches;
    }

    @Override
    public void close() {
        held.clear();
        heldRows = 0;
        memory.close();
    }
}
