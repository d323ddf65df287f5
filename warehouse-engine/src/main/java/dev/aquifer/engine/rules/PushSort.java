package dev.aquifer.engine.rules;

import dev.aquifer.engine.plan.FragmentNode;
import dev.aquifer.engine.plan.Work;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.fragment.Terminal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** LIMIT, and ORDER BY with LIMIT. An OFFSET is skipped above, so its rows come along. */
public final class PushSort {
    /** Longer orders are sorted in the engine, which has room for them. */
    private static final long MAX_TOP = 1_000_000;

    private PushSort() {}

    static Outcome apply(Sort sort, FragmentNode input) {
        Work work = input.work();
        if (sort.fetch == null) {
            return new Outcome.Refused(
                    keys(sort).isEmpty()
                            ? "offset: without a LIMIT all rows are wanted"
                            : "sort: without a LIMIT all rows would be sorted twice");
        }
        long offset = count(sort.offset, 0);
        long limit = offset + count(sort.fetch, 0);
        List<SortKey> keys = keys(sort);
        if (!work.isOpen()) {
            return new Outcome.Refused((keys.isEmpty() ? "limit" : "top-n") + ": it applies after the "
                    + Shapes.word(work.terminal()) + " below it");
        }
        if (!keys.isEmpty() && limit > MAX_TOP) {
            return new Outcome.Refused("top-n: " + limit + " rows are more than " + MAX_TOP);
        }
        RelNode grown = keys.isEmpty()
                ? input.with(work.withTerminal(new Terminal.Rows(limit)), input.getRowType())
                : first(input, keys, limit);
        return new Outcome.Pushed(
                offset == 0 ? grown : LogicalSort.create(grown, RelCollations.EMPTY, sort.offset, null));
    }

    private static RelNode first(FragmentNode input, List<SortKey> keys, long limit) {
        List<SortKey> all = new ArrayList<>(keys);
        for (int column : TopGroups.completing(input)) {
            if (keys.stream().noneMatch(key -> key.column() == column)) {
                all.add(new SortKey(column, false, false));
            }
        }
        FragmentNode told = (FragmentNode) TopGroups.tell(input, all, limit);
        return told.with(told.work().withTerminal(new Terminal.TopN(all, limit)), input.getRowType());
    }

    /** The keys of a sort, by position in its rows. */
    public static List<SortKey> keys(Sort sort) {
        return keys(sort.getCollation());
    }

    /** The keys of an order, by position. */
    public static List<SortKey> keys(RelCollation order) {
        List<SortKey> keys = new ArrayList<>();
        for (RelFieldCollation field : order.getFieldCollations()) {
            boolean descending = field.getDirection().isDescending();
            boolean nullsFirst = switch (field.nullDirection) {
                case FIRST -> true;
                case LAST -> false;
                case UNSPECIFIED -> descending;
            };
            keys.add(new SortKey(field.getFieldIndex(), descending, nullsFirst));
        }
        return keys;
    }

    /** The value of LIMIT or OFFSET. */
    public static long count(@Nullable RexNode node, long otherwise) {
        if (node == null) {
            return otherwise;
        }
        BigDecimal value = node instanceof RexLiteral literal ? literal.getValueAs(BigDecimal.class) : null;
        if (value == null) {
            throw new IllegalStateException("LIMIT is not a constant: " + node);
        }
        return value.min(BigDecimal.valueOf(Long.MAX_VALUE / 4)).longValue();
    }
}
