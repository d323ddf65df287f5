package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that the query itself says. */
record ValuesOperator(Batch rows, List<DataType> types) implements Operator {
    @Override
    public BatchSource open(Execution execution) {
        return new Running(rows);
    }

    private static final class Running implements BatchSource {
        private @Nullable Batch rows;

        Running(Batch rows) {
            this.rows = rows.rows() == 0 ? null : rows;
        }

        @Override
        public @Nullable Batch next() {
            Batch batch = rows;
            rows = null;
            return batch;
        }

        @Override
        public void close() {
            rows = null;
        }
    }
}
