package dev.aquifer.spi.merge;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.FinalColumn;
import dev.aquifer.spi.fragment.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Completes all groups of an aggregation, given as batches. */
public final class Completions {
    /** A group of a batch, and the batch of what it is ordered by. */
    private record Group(Batch states, Batch order, int row) {}

    private Completions() {}

    /** @param groups keys and states, each group once */
    public static List<Batch> of(
            AggregateShape shape, @Nullable Completion completion, List<Batch> groups, ExecutionContext context) {
        return switch (completion) {
            case null -> groups;
            case Completion.Top top -> top(shape, top, groups);
            case Completion.Distinct distinct -> distinct(shape, distinct, groups, context);
        };
    }

    private static List<Batch> distinct(
            AggregateShape shape, Completion.Distinct distinct, List<Batch> groups, ExecutionContext context) {
        DistinctStates second = new DistinctStates(shape, distinct.functions());
        try (AggregateMerger outer = new AggregateMerger(second.shape(), context.memory())) {
            for (Batch batch : groups) {
                context.stop().check();
                outer.add(second.of(batch));
            }
            return outer.finish();
        }
    }

    private static List<Batch> top(AggregateShape shape, Completion.Top top, List<Batch> groups) {
        List<FinalColumn> columns =
                top.order().stream().map(Completion.Key::column).toList();
        List<SortKey> keys = new ArrayList<>();
        for (Completion.Key key : top.order()) {
            keys.add(new SortKey(keys.size(), key.descending(), key.nullsFirst()));
        }
        RowOrder order = new RowOrder(keys);
        List<Group> sorted = new ArrayList<>();
        for (Batch states : groups) {
            Batch by = Finisher.finish(shape, columns, states);
            for (int row = 0; row < states.rows(); row++) {
                sorted.add(new Group(states, by, row));
            }
        }
        if (sorted.size() <= top.limit()) {
            return groups;
        }
        sorted.sort((left, right) -> order.compare(left.order, left.row, right.order, right.row));
        int kept = (int) top.limit();
        if (kept > 0) {
            Group last = sorted.get(kept - 1);
            while (kept < sorted.size()
                    && order.compare(sorted.get(kept).order, sorted.get(kept).row, last.order, last.row) == 0) {
                kept++;
            }
        }
        return kept == 0 ? List.of() : List.of(gather(shape, sorted.subList(0, kept)));
    }

    private static Batch gather(AggregateShape shape, List<Group> groups) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < shape.types().size(); i++) {
            ColumnBuilder builder = new ColumnBuilder(shape.types().get(i), groups.size());
            for (Group group : groups) {
                builder.append(group.states.column(i), group.row);
            }
            columns.add(builder.build());
        }
        return new Batch(groups.size(), columns);
    }
}
