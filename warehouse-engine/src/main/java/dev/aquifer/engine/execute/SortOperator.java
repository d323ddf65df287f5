package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.merge.RowOrder;
import dev.aquifer.spi.type.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rows in an order; equal rows stay in theirs. */
record SortOperator(Operator input, List<SortKey> keys, List<DataType> types) implements Operator {
    private static final int BATCH_ROWS = 8_192;

    @Override
    public BatchSource open(Execution execution) {
        return new Running(execution);
    }

    /** The positions of a batch's rows in an order. */
    static int[] order(Batch rows, List<SortKey> keys) {
        RowOrder order = new RowOrder(keys);
        Integer[] boxed = new Integer[rows.rows()];
        Arrays.setAll(boxed, i -> i);
        Arrays.sort(boxed, (left, right) -> order.compare(rows, left, rows, right));
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
                held.add(20L * rows.rows());
                order = order(rows, keys);
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
