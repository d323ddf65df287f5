package dev.aquifer.engine.execute;

import dev.aquifer.engine.plan.Finish;
import dev.aquifer.engine.plan.Work;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.merge.AggregateMerger;
import dev.aquifer.spi.merge.AggregateShape;
import dev.aquifer.spi.merge.Completions;
import dev.aquifer.spi.merge.DistinctStates;
import dev.aquifer.spi.merge.Finisher;
import dev.aquifer.spi.merge.TopNMerger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Partial results of a fragment to its rows, whoever ran it. Used by one thread. */
abstract class PartialMerge implements AutoCloseable {
    /** @param single whether one party had all of the rows, and completed its groups if the fragment says so */
    static PartialMerge of(Work work, boolean single, ExecutionContext context) {
        Fragment fragment = work.fragment();
        return switch (fragment.terminal()) {
            case Terminal.Rows rows -> new Limited(rows.limit());
            case Terminal.TopN top -> new Top(fragment, top, context.memory());
            case Terminal.Aggregate aggregate ->
                single
                        ? new Complete(fragment, aggregate, Objects.requireNonNull(work.finish()))
                        : new Groups(fragment, aggregate, Objects.requireNonNull(work.finish()), context);
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

    private static AggregateShape wholeShape(AggregateShape first, Completion.@Nullable Distinct distinct) {
        return distinct == null ? first : new DistinctStates(first, distinct.functions()).shape();
    }

    private static List<Batch> finished(Finish finish, AggregateShape states, List<Batch> groups) {
        List<Batch> rows = new ArrayList<>();
        for (Batch batch : groups) {
            checkSingle(finish, states, batch);
            if (batch.rows() > 0) {
                rows.add(Finisher.finish(states, finish.outputs(), batch));
            }
        }
        return rows;
    }

    private static void checkSingle(Finish finish, AggregateShape states, Batch batch) {
        if (finish.singleCount() < 0) {
            return;
        }
        for (int row = 0; row < batch.rows(); row++) {
            Object count =
                    batch.column(states.keys().size() + finish.singleCount()).value(row);
            if (count instanceof Long rows && rows > 1) {
                throw new AquiferException(
                        ErrorCode.INVALID_QUERY, "a subquery that is used as a value gives " + rows + " rows, not one");
            }
        }
    }

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

    /** Groups of one party: each comes once, and whole. */
    private static final class Complete extends PartialMerge {
        private final AggregateShape shape;
        private final Finish finish;

        Complete(Fragment fragment, Terminal.Aggregate aggregate, Finish finish) {
            AggregateShape first = AggregateShape.of(fragment, aggregate);
            this.shape = wholeShape(first, finish.distinct());
            this.finish = finish;
        }

        @Override
        List<Batch> add(Batch partial) {
            return finished(finish, shape, List.of(partial));
        }

        @Override
        List<Batch> finish() {
            return List.of();
        }
    }

    private static final class Groups extends PartialMerge {
        private final AggregateShape shape;
        private final Finish finish;
        private final ExecutionContext context;
        private final AggregateMerger merger;

        Groups(Fragment fragment, Terminal.Aggregate aggregate, Finish finish, ExecutionContext context) {
            this.shape = AggregateShape.of(fragment, aggregate);
            this.finish = finish;
            this.context = context;
            this.merger = new AggregateMerger(shape, context.memory());
        }

        @Override
        List<Batch> add(Batch partial) {
            merger.add(partial);
            return List.of();
        }

        @Override
        List<Batch> finish() {
            Completion.Distinct distinct = finish.distinct();
            return finished(
                    finish, wholeShape(shape, distinct), Completions.of(shape, distinct, merger.finish(), context));
        }

        @Override
        public void close() {
            merger.close();
        }
    }
}
