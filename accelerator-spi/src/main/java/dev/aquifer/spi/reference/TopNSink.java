package dev.aquifer.spi.reference;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.merge.RowOrder;
import dev.aquifer.spi.primitive.Sink;
import dev.aquifer.spi.type.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The first rows in order, in a heap whose head is the last of them. */
final class TopNSink implements RowSink {
    private static final int VALUE_BYTES = 64;
    private static final int BATCH_ROWS = 65_536;

    private final RowProgram program;
    private final Sink.TopN sink;
    private final MemoryReservation memory;
    private final Comparator<List<? extends @Nullable Object>> order;
    private final PriorityQueue<List<@Nullable Object>> heap;

    TopNSink(RowProgram program, Sink.TopN sink, MemoryBudget budget) {
        this.program = program;
        this.sink = sink;
        this.memory = new MemoryReservation(budget);
        int position = sink.outputs().size();
        Comparator<List<? extends @Nullable Object>> byKeys = new RowOrder(sink.keys()).boxed();
        this.order = byKeys.thenComparing(row -> (Long) Objects.requireNonNull(row.get(position)));
        this.heap = new PriorityQueue<>(order.reversed());
    }

    @Override
    public boolean wantsMore() {
        // Rows past the limit still have to be evaluated: any may come first, and any may fail.
        return true;
    }

    @Override
    public void accept(@Nullable Object[] registers, long position) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int register : sink.outputs()) {
            row.add(program.defined(registers, register));
        }
        row.add(position);
        if (sink.limit() == 0) {
            return;
        }
        if (heap.size() >= sink.limit()) {
            List<@Nullable Object> last = Objects.requireNonNull(heap.peek());
            if (order.compare(row, last) >= 0) {
                return;
            }
            heap.poll();
            memory.remove(bytes(last));
        }
        memory.add(bytes(row));
        heap.add(row);
    }

    private static long bytes(List<@Nullable Object> row) {
        long bytes = VALUE_BYTES * (row.size() + 1L);
        for (Object value : row) {
            bytes += value instanceof Bytes text ? text.length() : 0;
        }
        return bytes;
    }

    @Override
    public List<Batch> endStripe() {
        return List.of();
    }

    @Override
    public List<Batch> finish() {
        List<List<@Nullable Object>> rows = new ArrayList<>(heap);
        rows.sort(order);
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += BATCH_ROWS) {
            List<List<@Nullable Object>> part = rows.subList(from, Math.min(rows.size(), from + BATCH_ROWS));
            List<ColumnBuilder> builders = RowsSink.builders(program.program().outputTypes());
            for (List<@Nullable Object> row : part) {
                for (int i = 0; i < builders.size(); i++) {
                    builders.get(i).append(row.get(i));
                }
            }
            batches.add(RowsSink.build(part.size(), builders));
        }
        return batches;
    }

    @Override
    public void close() {
        memory.close();
    }
}
