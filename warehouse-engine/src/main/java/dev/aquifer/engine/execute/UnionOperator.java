package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.type.DataType;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of all inputs, one input after the other: UNION ALL. */
record UnionOperator(List<Operator> inputs, List<DataType> types) implements Operator {
    @Override
    public BatchSource open(Execution execution) {
        return new Running(inputs.iterator(), execution);
    }

    private static final class Running implements BatchSource {
        private final Iterator<Operator> inputs;
        private final Execution execution;
        private @Nullable BatchSource current;

        Running(Iterator<Operator> inputs, Execution execution) {
            this.inputs = inputs;
            this.execution = execution;
        }

        @Override
        public @Nullable Batch next() {
            while (true) {
                if (current == null) {
                    if (!inputs.hasNext()) {
                        return null;
                    }
                    current = inputs.next().open(execution);
                }
                Batch batch = current.next();
                if (batch != null) {
                    return batch;
                }
                current.close();
                current = null;
            }
        }

        @Override
        public void close() {
            if (current != null) {
                current.close();
                current = null;
            }
        }
    }
}
