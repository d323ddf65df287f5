package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.merge.RowOrder;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Window functions: all rows, and after their columns one for each function, group by group.
 *
 * @param constants values that functions take as arguments, as columns after the input's
 */
record WindowOperator(Operator input, List<Constant> constants, List<Group> groups, List<DataType> types)
        implements Operator {
    record Constant(DataType type, @Nullable Object value) {}

    /** Functions over the same partitions, order and frame. */
    record Group(List<Integer> partitionKeys, List<SortKey> orderKeys, WindowFrame frame, List<WindowCall> calls) {}

    @Override
    public BatchSource open(Execution execution) {
        return new Running(execution);
    }

    private final class Running implements BatchSource {
        private static final int BATCH_ROWS = 8_192;

        private final Execution execution;
        private final Held held;
        private @Nullable Batch result;
        private int given;

        Running(Execution execution) {
            this.execution = execution;
            this.held = new Held(execution.memory());
        }

        @Override
        public @Nullable Batch next() {
            if (result == null) {
                result = compute(held.all(input, execution));
            }
            if (given == result.rows()) {
                return null;
            }
            int to = Math.min(result.rows(), given + BATCH_ROWS);
            Batch part = Columns.slice(result, given, to);
            given = to;
            return part;
        }

        private Batch compute(Batch rows) {
            List<Column> columns = new ArrayList<>(rows.columns());
            for (Constant constant : constants) {
                columns.add(Columns.constant(constant.type(), constant.value(), rows.rows()));
            }
            Batch extended = new Batch(rows.rows(), columns);
            List<Column> outputs = new ArrayList<>(rows.columns());
            for (Group group : groups) {
                outputs.addAll(compute(group, extended));
            }
            return new Batch(rows.rows(), outputs);
        }

        private List<Column> compute(Group group, Batch rows) {
            List<SortKey> keys = new ArrayList<>();
            group.partitionKeys().forEach(key -> keys.add(new SortKey(key, false, false)));
            RowOrder partitions = new RowOrder(List.copyOf(keys));
            keys.addAll(group.orderKeys());
            RowOrder peers = new RowOrder(group.orderKeys());
            held.add(40L * rows.rows() * (1 + group.calls().size()));
            int[] order = SortOperator.order(rows, keys, execution.context().stop());
            int[] peerFrom = new int[order.length];
            int[] peerTo = new int[order.length];
            @Nullable Object[][] values = new @Nullable Object[group.calls().size()][order.length];
            for (int from = 0; from < order.length; ) {
                execution.checkStop();
                int to = from + 1;
                while (to < order.length && partitions.compare(rows, order[from], rows, order[to]) == 0) {
                    to++;
                }
                markPeers(rows, order, from, to, peers, peerFrom, peerTo);
                WindowFrame.Partition partition =
                        new WindowFrame.Partition(rows, order, from, to, peerFrom, peerTo, group.orderKeys());
                for (int i = 0; i < values.length; i++) {
                    WindowFunctions.compute(group.calls().get(i), group.frame(), partition, values[i], execution);
                }
                from = to;
            }
            List<Column> columns = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                ColumnBuilder builder = new ColumnBuilder(group.calls().get(i).type(), order.length);
                for (Object value : values[i]) {
                    builder.append(value);
                }
                columns.add(builder.build());
            }
            return columns;
        }

        private static void markPeers(
                Batch rows, int[] order, int from, int to, RowOrder peers, int[] peerFrom, int[] peerTo) {
            for (int first = from; first < to; ) {
                int end = first + 1;
                while (end < to && peers.compare(rows, order[first], rows, order[end]) == 0) {
                    end++;
                }
                for (int at = first; at < end; at++) {
                    peerFrom[at] = first;
                    peerTo[at] = end;
                }
                first = end;
            }
        }

        @Override
        public void close() {
            held.close();
        }
    }
}
