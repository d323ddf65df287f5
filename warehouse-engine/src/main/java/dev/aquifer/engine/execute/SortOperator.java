package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.StopSignal;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.merge.RowOrder;
import dev.aquifer.spi.type.DataType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rows in an order; equal rows stay in theirs. */
record SortOperator(Operator input, List<SortKey> keys, List<DataType> types) implements Operator {
    private static final int BATCH_ROWS = 8_192;
    /** Comparisons between two looks at whether the query was stopped. */
    private static final int STOP_COMPARISONS = 1 << 16;
    /** By row: a boxed position, the references to it while it is sorted, the position. */
    private static final long ORDER_BYTES = 32;

    @Override
    public BatchSource open(Execution execution) {
        return new Running(execution);
    }

    /** The positions of a batch's rows in an order. */
    static int[] order(Batch rows, List<SortKey> keys, StopSignal stop) {
        RowOrder order = new RowOrder(keys);
        Integer[] boxed = new Integer[rows.rows()];
        Arrays.setAll(boxed, i -> i);
        Arrays.sort(boxed, new Comparator<>() {
            private int compared;

            @Override
            public int compare(Integer left, Integer right) {
                if (++compared % STOP_COMPARISONS == 0) {
                    stop.check();
                }
                return order.compare(rows, left, rows, right);
            }
        });
        return Arrays.stream(boxed).mapToInt(Integer::intValue).toArray();
    }

    private final class Running implements BatchSource {
        private final Execution execution;
        private final Held held;
        private @Nullable Batch rows;
        private int[] order = new int[0];
        private int given;

        Running(Execution execution) {
            this.execution = execution;
            this.held = new Held(execution.memory());
        }

        @Override
        public @Nullable Batch next() {
            if (rows == null) {
                rows = held.all(input, execution);
                held.add(ORDER_BYTES * rows.rows());
                order = order(rows, keys, execution.context().stop());
            }
            if (given == order.length) {
                return null;
            }
            int[] part = Arrays.copyOfRange(order, given, Math.min(order.length, given + BATCH_ROWS));
            given += part.length;
            return Columns.gather(rows, part, part.length);
        }

        @Override
        public void close() {
            held.close();
        }
    }
}
