package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows after some others.
 *
 * @param limit at most this many, or -1 for all
 */
record LimitOperator(Operator input, long offset, long limit) implements Operator {
    @Override
    public List<DataType> types() {
        return input.types();
    }

    @Override
    public BatchSource open(Execution execution) {
        return new Running(input.open(execution), offset, limit < 0 ? Long.MAX_VALUE : limit);
    }

    private static final class Running implements BatchSource {
        private final BatchSource rows;
        private long skip;
        private long left;

        Running(BatchSource rows, long skip, long left) {
            this.rows = rows;
            this.skip = skip;
            this.left = left;
        }

        @Override
        public @Nullable Batch next() {
            while (left > 0) {
                Batch batch = rows.next();
                if (batch == null) {
                    return null;
                }
                int from = (int) Math.min(skip, batch.rows());
                int to = from + (int) Math.min(batch.rows() - from, left);
                skip -= from;
                if (to > from) {
                    left -= to - from;
                    if (left == 0) {
                        // What is below need not go on until the reader closes.
                        rows.close();
                    }
                    return Columns.slice(batch, from, to);
                }
            }
            return null;
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
