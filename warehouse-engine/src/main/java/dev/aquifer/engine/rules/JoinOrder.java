package dev.aquifer.engine.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/**
 * Orders inner joins greedily: the pair with the smallest result first, then always the relation that keeps the result
 * smallest. The smaller side of each join is its right, which the engine builds its table from.
 */
final class JoinOrder extends RelHomogeneousShuttle {
    private JoinOrder() {}

    static RelNode apply(RelNode node) {
        return node.accept(new JoinOrder());
    }

    @Override
    public RelNode visit(RelNode node) {
        if (!(node instanceof Join join) || join.getJoinType() != JoinRelType.INNER) {
            return super.visit(node);
        }
        List<RelNode> leaves = new ArrayList<>();
        List<RexNode> conjuncts = new ArrayList<>();
        flatten(join, 0, leaves, conjuncts);
        List<RelNode> visited = leaves.stream().map(leaf -> leaf.accept(this)).toList();
        return new Builder(visited, conjuncts, join).build();
    }

    /** Collects the inputs of nested inner joins from left to right, and their conditions over all fields. */
    private static void flatten(RelNode node, int offset, List<RelNode> leaves, List<RexNode> conjuncts) {
        if (!(node instanceof Join join) || join.getJoinType() != JoinRelType.INNER) {
            leaves.add(node);
            return;
        }
        flatten(join.getLeft(), offset, leaves, conjuncts);
        flatten(join.getRight(), offset + join.getLeft().getRowType().getFieldCount(), leaves, conjuncts);
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            conjuncts.add(RexUtil.shift(conjunct, offset));
        }
    }

    /** A join of some leaves: its plan, which fields of all it has and in what order, and how many rows are expected. */
    private record Part(RelNode node, List<Integer> fields, Set<Integer> leaves, double rows) {}

    private static final class Builder {
        private final Join original;
        private final RexBuilder rex;
        private final List<RexNode> pending;
        private final List<Part> parts = new ArrayList<>();
        private final Estimates estimates;

        Builder(List<RelNode> leaves, List<RexNode> conjuncts, Join original) {
            this.original = original;
            this.rex = original.getCluster().getRexBuilder();
            this.pending = new ArrayList<>(conjuncts);
            this.estimates = new Estimates(leaves);
            int field = 0;
            for (int i = 0; i < leaves.size(); i++) {
                List<Integer> fields = new ArrayList<>();
                for (int j = 0; j < leaves.get(i).getRowType().getFieldCount(); j++) {
                    fields.add(field++);
                }
                parts.add(new Part(leaves.get(i), fields, Set.of(i), estimates.leafRows(i)));
            }
        }

        RelNode build() {
            Part current = null;
            while (parts.size() > 1 || current == null) {
                if (current == null && parts.size() == 1) {
                    current = parts.getFirst();
                    break;
                }
                current = joinBest(current);
            }
            List<RexNode> outputs = new ArrayList<>();
            int count = original.getRowType().getFieldCount();
            for (int i = 0; i < count; i++) {
                outputs.add(rex.makeInputRef(current.node, current.fields.indexOf(i)));
            }
            return LogicalProject.create(
                    current.node, List.of(), outputs, original.getRowType().getFieldNames(), Set.of());
        }

        /** Joins two parts, one of them the current one, and puts the result in their place. */
        private Part joinBest(@Nullable Part current) {
            Part bestLeft = null;
            Part bestRight = null;
            double bestRows = Double.POSITIVE_INFINITY;
            boolean bestConnected = false;
            for (int i = 0; i < parts.size(); i++) {
                for (int j = i + 1; j < parts.size(); j++) {
                    Part left = parts.get(i);
                    Part right = parts.get(j);
                    if (current != null && !left.equals(current) && !right.equals(current)) {
                        continue;
                    }
                    boolean connected = !between(left, right).isEmpty();
                    double rows =
                            estimates.joined(left.rows, left.leaves, right.rows, right.leaves, between(left, right));
                    if (bestLeft == null
                            || connected && !bestConnected
                            || connected == bestConnected && rows < bestRows) {
                        bestLeft = left;
                        bestRight = right;
                        bestRows = rows;
                        bestConnected = connected;
                    }
                }
            }
            if (bestLeft == null || bestRight == null) {
                throw new IllegalStateException("nothing to join among " + parts.size() + " parts");
            }
            Part joined = join(bestLeft, bestRight, bestRows);
            parts.remove(bestLeft);
            parts.remove(bestRight);
            parts.add(joined);
            return joined;
        }

        /** The conditions that need both sides and nothing else. */
        private List<RexNode> between(Part left, Part right) {
            Set<Integer> both = new HashSet<>(left.fields);
            both.addAll(right.fields);
            List<RexNode> found = new ArrayList<>();
            for (RexNode conjunct : pending) {
                Set<Integer> used = RelOptUtil.InputFinder.bits(conjunct).asSet();
                if (both.containsAll(used) && !left.fields.containsAll(used) && !right.fields.containsAll(used)) {
                    found.add(conjunct);
                }
            }
            return found;
        }

        private Part join(Part left, Part right, double rows) {
            boolean swap = left.rows < right.rows;
            Part probe = swap ? right : left;
            Part build = swap ? left : right;
            List<Integer> fields = new ArrayList<>(probe.fields);
            fields.addAll(build.fields);
            List<RexNode> conditions = new ArrayList<>();
            for (RexNode conjunct : List.copyOf(pending)) {
                if (fields.containsAll(RelOptUtil.InputFinder.bits(conjunct).asSet())) {
                    conditions.add(conjunct);
                    pending.remove(conjunct);
                }
            }
            List<RexNode> moved = conditions.stream()
                    .map(condition -> condition.accept(new RexShuttle() {
                        @Override
                        public RexNode visitInputRef(RexInputRef ref) {
                            return rex.makeInputRef(ref.getType(), fields.indexOf(ref.getIndex()));
                        }
                    }))
                    .toList();
            RelNode node = LogicalJoin.create(
                    probe.node,
                    build.node,
                    List.of(),
                    RexUtil.composeConjunction(rex, moved),
                    Set.of(),
                    JoinRelType.INNER);
            Set<Integer> leaves = new HashSet<>(left.leaves);
            leaves.addAll(right.leaves);
            return new Part(node, fields, leaves, rows);
        }
    }
}
