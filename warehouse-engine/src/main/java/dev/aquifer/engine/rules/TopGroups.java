package dev.aquifer.engine.rules;

import dev.aquifer.engine.plan.Finish;
import dev.aquifer.engine.plan.FragmentNode;
import dev.aquifer.engine.plan.Work;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.FinalColumn;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.merge.AggregateState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.SetOp;
import org.jspecify.annotations.Nullable;

/**
 * ORDER BY with LIMIT over groups: tells the aggregation which groups can matter, so that whoever has all of them keeps the
 * others back. The order itself stays above.
 */
final class TopGroups {
    private TopGroups() {}

    /**
     * The columns that complete an order of a node's rows, so that ties are cut the same way every time: none where the rows come in
     * the order of their table; of groups, which come in any order, their keys; all columns where keys are not to be seen, as rows
     * that are equal in all of them are the same (but for the sign of a zero).
     */
    static List<Integer> completing(RelNode node) {
        List<FinalColumn> outputs = outputs(node);
        List<Integer> columns = new ArrayList<>();
        Set<FinalColumn> keys = new HashSet<>();
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i) instanceof FinalColumn.Key && keys.add(outputs.get(i))) {
                columns.add(i);
            }
        }
        if (!outputs.isEmpty() && keys.size() == groupKeys(node)) {
            return columns;
        }
        return isInAnyOrder(node)
                ? IntStream.range(0, node.getRowType().getFieldCount()).boxed().toList()
                : List.of();
    }

    /** How many keys the groups have that a node gives. */
    private static long groupKeys(RelNode node) {
        Finish finish = node instanceof FragmentNode fragment ? fragment.work().finish() : null;
        return finish == null
                ? groupKeys(node.getInput(0))
                : finish.outputs().stream()
                        .filter(FinalColumn.Key.class::isInstance)
                        .count();
    }

    /** Whether a node's rows come from groups, or from a set operation, which groups. */
    private static boolean isInAnyOrder(RelNode node) {
        return node instanceof SetOp
                || node instanceof FragmentNode fragment && fragment.work().finish() != null
                || node.getInputs().stream().anyMatch(TopGroups::isInAnyOrder);
    }

    /** What each column of a node is of the groups below it; empty where the node gives something else. */
    private static List<FinalColumn> outputs(RelNode node) {
        if (!(node instanceof FragmentNode fragment)) {
            return List.of();
        }
        Work work = fragment.work();
        Finish finish = work.finish();
        RelNode input = fragment.input();
        if (finish != null) {
            return finish.outputs();
        }
        return input == null || !work.isOpen() || work.filter() != null
                ? List.of()
                : columns(work.projections(), outputs(input));
    }

    private static List<FinalColumn> columns(List<Expr> projections, List<FinalColumn> below) {
        List<FinalColumn> columns = new ArrayList<>();
        for (Expr projection : projections) {
            if (below.isEmpty() || !(projection instanceof Expr.ColumnRef ref)) {
                return List.of();
            }
            columns.add(below.get(ref.index()));
        }
        return columns;
    }

    /** The node with the aggregation below told of an order and how many of its groups are wanted, where that is possible. */
    static RelNode tell(RelNode node, List<SortKey> keys, long limit) {
        List<FinalColumn> outputs = outputs(node);
        if (outputs.isEmpty()) {
            return node;
        }
        List<Completion.Key> order = new ArrayList<>();
        for (SortKey key : keys) {
            order.add(new Completion.Key(outputs.get(key.column()), key.descending(), key.nullsFirst()));
        }
        return tell((FragmentNode) node, new Completion.Top(order, limit));
    }

    private static FragmentNode tell(FragmentNode node, Completion.Top top) {
        Finish finish = node.work().finish();
        if (finish == null) {
            return node.input() instanceof FragmentNode below
                    ? (FragmentNode) node.copy(node.getTraitSet(), List.of(tell(below, top)))
                    : node;
        }
        return mayKeepBack(node.work(), finish)
                ? node.with(node.work().withFinish(finish.with(top)), node.getRowType())
                : node;
    }

    /** A group whose sum does not fit its type is an error also where it is not among the first: all must be looked at. */
    private static boolean mayKeepBack(Work work, @Nullable Finish finish) {
        if (finish == null || finish.completion() != null || finish.singleCount() >= 0) {
            return false;
        }
        Fragment fragment = work.fragment();
        if (!(fragment.terminal() instanceof Terminal.Aggregate aggregate)
                || aggregate.keys().isEmpty()) {
            return false;
        }
        for (AggregateCall call : aggregate.calls()) {
            AggregateState.Kind kind = new AggregateState(call.function(), fragment.argType(call)).kind();
            if (kind == AggregateState.Kind.WIDE_SUM || kind == AggregateState.Kind.FLOAT_SUM) {
                return false;
            }
        }
        return true;
    }
}
