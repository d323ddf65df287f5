package dev.aquifer.engine.execute;

import dev.aquifer.engine.plan.Work;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fragment over the rows of another operator, on the engine's own device. */
record FragmentOperator(Operator input, Work work, List<DataType> types) implements Operator {
    @Override
    public BatchSource open(Execution execution) {
        BatchSource rows = input.open(execution);
        try {
            return permutes(work)
                    ? new Permuting(rows, new Projector(input.types(), work.projections(), execution))
                    : new Running(rows, execution);
        } catch (RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    private record Permuting(BatchSource rows, Projector projector) implements BatchSource {
        @Override
        public @Nullable Batch next() {
            Batch batch = rows.next();
            return batch == null ? null : projector.apply(batch);
        }

        @Override
        public void close() {
            rows.close();
            projector.close();
        }
    }

    private final class Running implements BatchSource {
        private final BatchSource rows;
        private final Execution execution;
        private final BatchKernel kernel;
        private final PartialMerge merge;
        private final ArrayDeque<Batch> ready = new ArrayDeque<>();
        private boolean done;

        Running(BatchSource rows, Execution execution) {
            this.rows = rows;
            this.execution = execution;
            this.kernel = new BatchKernel(work.wholeFragment(), work.readColumns(), execution);
            this.merge = PartialMerge.of(work, true, execution.context());
        }

        @Override
        public @Nullable Batch next() {
            while (ready.isEmpty() && !done) {
                execution.checkStop();
                Batch batch = merge.isFull() ? null : rows.next();
                if (batch == null) {
                    done = true;
                    if (!(work.terminal() instanceof Terminal.Rows)) {
                        kernel.finish().forEach(partial -> ready.addAll(merge.add(partial)));
                    }
                    ready.addAll(merge.finish());
                } else {
                    kernel.run(batch).forEach(partial -> ready.addAll(merge.add(partial)));
                    if (merge.isFull()) {
                        // What is below need not go on until the reader closes.
                        rows.close();
                    }
                }
            }
            return ready.poll();
        }

        @Override
        public void close() {
            rows.close();
            kernel.close();
            merge.close();
        }
    }

    /** Whether nothing is computed: columns are taken, left out, put in another order. */
    static boolean permutes(Work work) {
        return work.isOpen() && work.filter() == null && Projector.isPermutation(work.projections());
    }

    /** Whether nothing is computed, and an input's rows go on as they are. */
    static boolean passes(Work work) {
        List<Expr> projections = work.projections();
        boolean same = projections.size() == work.columns().size();
        for (int i = 0; same && i < projections.size(); i++) {
            same = projections.get(i) instanceof Expr.ColumnRef ref && ref.index() == i;
        }
        return same && work.isOpen() && work.filter() == null;
    }
}
