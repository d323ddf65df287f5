package dev.aquifer.engine.execute;

import dev.aquifer.engine.plan.Finish;
import dev.aquifer.engine.plan.Work;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.merge.AggregateMerger;
import dev.aquifer.spi.merge.AggregateShape;
import dev.aquifer.spi.merge.Finisher;
import dev.aquifer.spi.merge.TopNMerger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Partial results of a fragment to its rows, whoever ran it. Used by one thread. */
abstract class PartialMerge implements AutoCloseable {
    static PartialMerge of(Work work, MemoryBudget memory) {
        Fragment fragment = work.fragment();
        return switch (fragment.terminal()) {
            case Terminal.Rows rows -> new Limited(rows.limit());
            case Terminal.TopN top -> new Top(fragment, top, memory);
            case Terminal.Aggregate aggregate ->
                new Groups(fragment, aggregate, Objects.requireNonNull(work.finish()), memory);
        };
    }

    /** Adds a partial result, and gives the rows that are final already. Rows must come in their order. */
    abstract List<Batch> add(Batch partial);

    /** The rest. */
    abstract List<Batch> finish();

    /** Whether more partial results would change nothing. */
    boolean isFull() {
        return false;
    }

    @Override
    public void close() {}

    private static final class Limited extends PartialMerge {
        private final long limit;
        private long given;

        Limited(long limit) {
            this.limit = limit;
        }

        @Override
        List<Batch> add(Batch partial) {
            if (partial.rows() == 0 || isFull()) {
                return List.of();
            }
            long room = limit < 0 ? Long.MAX_VALUE : limit - given;
            Batch cut = partial.rows() <= room ? partial : Columns.slice(partial, 0, (int) room);
            given += cut.rows();
            return List.of(cut);
        }

        @Override
        List<Batch> finish() {
            return List.of();
        }

        @Override
        boolean isFull() {
            return limit >= 0 && given >= limit;
        }
    }

    private static final class Top extends PartialMerge {
        private final TopNMerger merger;
        private final int columns;
        private final boolean none;

        Top(Fragment fragment, Terminal.TopN top, MemoryBudget memory) {
            this.merger = new TopNMerger(fragment.outputTypes(), top.keys(), top.limit(), memory);
            this.columns = fragment.projections().size();
            this.none = top.limit() == 0;
        }

        @Override
        List<Batch> add(Batch partial) {
            merger.add(partial);
            return List.of();
        }

        @Override
        List<Batch> finish() {
            List<Batch> rows = new ArrayList<>();
            for (Batch batch : merger.finish()) {
                if (batch.rows() > 0) {
                    rows.add(new Batch(batch.rows(), batch.columns().subList(0, columns)));
                }
            }
            return rows;
        }

        @Override
        boolean isFull() {
            return none;
        }

        @Override
        public void close() {
            merger.close();
        }
    }

    private static final class Groups extends PartialMerge {
        private final AggregateShape shape;
        private final Finish finish;
        private final MemoryBudget memory;
        private final AggregateMerger merger;

        Groups(Fragment fragment, Terminal.Aggregate aggregate, Finish finish, MemoryBudget memory) {
            this.shape = AggregateShape.of(fragment, aggregate);
            this.finish = finish;
            this.memory = memory;
            this.merger = new AggregateMerger(shape, memory);
        }

        @Override
        List<Batch> add(Batch partial) {
            merger.add(partial);
            return List.of();
        }

        @Override
        List<Batch> finish() {
            Finish.Distinct distinct = finish.distinct();
            if (distinct == null) {
                return finished(shape, merger.finish());
            }
            DistinctStates second = new DistinctStates(shape, distinct.functions());
            try (AggregateMerger outer = new AggregateMerger(second.shape(), memory)) {
                merger.finish().forEach(groups -> outer.add(second.of(groups)));
                return finished(second.shape(), outer.finish());
            }
        }

        private List<Batch> finished(AggregateShape states, List<Batch> groups) {
            List<Batch> rows = new ArrayList<>();
            for (Batch batch : groups) {
                checkSingle(states, batch);
                if (batch.rows() > 0) {
                    rows.add(Finisher.finish(states, finish.outputs(), batch));
                }
            }
            return rows;
        }

        private void checkSingle(AggregateShape states, Batch batch) {
            if (finish.singleCount() < 0) {
                return;
            }
            for (int row = 0; row < batch.rows(); row++) {
                Object count = batch.column(states.keys().size() + finish.singleCount())
                        .value(row);
                if (count instanceof Long rows && rows > 1) {
                    throw new AquiferException(
                            ErrorCode.INVALID_QUERY,
                            "a subquery that is used as a value gives " + rows + " rows, not one");
                }
            }
        }

        @Override
        public void close() {
            merger.close();
        }
    }
}
