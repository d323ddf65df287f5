package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.merge.AggregateMerger;
import dev.aquifer.spi.merge.AggregateShape;
import dev.aquifer.spi.merge.AggregateState;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * UNION, INTERSECT and EXCEPT of two inputs: each distinct row is counted on both sides, and the counts say how often it is
 * given.
 */
record SetOperator(Operator left, Operator right, Kind kind, boolean all, List<DataType> types) implements Operator {
    /** The operation. */
    enum Kind {
        UNION,
        INTERSECT,
        EXCEPT
    }

    @Override
    public BatchSource open(Execution execution) {
        return new Running(execution);
    }

    private final class Running implements BatchSource {
        private final Execution execution;
        private final AggregateMerger merger;
        private @Nullable ArrayDeque<Batch> ready;

        Running(Execution execution) {
            this.execution = execution;
            AggregateState count = new AggregateState(AggregateFunction.COUNT, null);
            this.merger = new AggregateMerger(new AggregateShape(types, List.of(count, count)), execution.memory());
        }

        @Override
        public @Nullable Batch next() {
            if (ready == null) {
                count(left, 1, 0);
                count(right, 0, 1);
                ready = new ArrayDeque<>();
                for (Batch groups : merger.finish()) {
                    ready.addAll(rows(groups));
                }
            }
            return ready.poll();
        }

        private void count(Operator input, long inLeft, long inRight) {
            try (BatchSource rows = input.open(execution)) {
                for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                    execution.checkStop();
                    List<Column> columns = new ArrayList<>(batch.columns());
                    columns.add(Columns.constant(DataType.INT64, inLeft, batch.rows()));
                    columns.add(Columns.constant(DataType.INT64, inRight, batch.rows()));
                    merger.add(new Batch(batch.rows(), columns));
                }
            }
        }

        private List<Batch> rows(Batch groups) {
            int keys = types.size();
            Batch values = new Batch(groups.rows(), groups.columns().subList(0, keys));
            long[] lefts = ((LongColumn) groups.column(keys)).values();
            long[] rights = ((LongColumn) groups.column(keys + 1)).values();
            List<Batch> result = new ArrayList<>();
            int[] taken = new int[Math.max(1, groups.rows())];
            int count = 0;
            for (int row = 0; row < groups.rows(); row++) {
                for (long times = times(lefts[row], rights[row]); times > 0; times--) {
                    if (count == taken.length) {
                        result.add(Columns.gather(values, taken, count));
                        count = 0;
                    }
                    taken[count++] = row;
                }
            }
            if (count > 0) {
                result.add(Columns.gather(values, taken, count));
            }
            return result;
        }

        private long times(long inLeft, long inRight) {
            return switch (kind) {
                case UNION -> all ? inLeft + inRight : 1;
                case INTERSECT -> all ? Math.min(inLeft, inRight) : inLeft > 0 && inRight > 0 ? 1 : 0;
                case EXCEPT -> all ? inLeft - inRight : inLeft > 0 && inRight == 0 ? 1 : 0;
            };
        }

        @Override
        public void close() {
            merger.close();
        }
    }
}
