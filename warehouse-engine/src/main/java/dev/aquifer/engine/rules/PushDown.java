package dev.aquifer.engine.rules;

import dev.aquifer.engine.plan.FragmentNode;
import dev.aquifer.engine.sql.AquiferTable;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;

/**
 * Splits a plan bottom up: operators grow into the fragment below them as long as a rule lets them. Where one refuses, the
 * reason is kept, and the operator begins a fragment of the engine's own over what was pushed.
 */
public final class PushDown {
    private PushDown() {}

    /** The plan with its table accesses as {@link FragmentNode}s. */
    public static RelNode apply(RelNode node) {
        if (node instanceof TableScan scan) {
            AquiferTable table = scan.getTable().unwrap(AquiferTable.class);
            if (table == null) {
                throw new AquiferException(ErrorCode.INTERNAL, "not a table of the catalog: " + scan);
            }
            return FragmentNode.scan(scan, table);
        }
        if (node instanceof Correlate correlate) {
            // The subquery is split when it is bound to an outer row: its values are constants then, and can be pushed.
            return correlate.copy(correlate.getTraitSet(), List.of(apply(correlate.getLeft()), correlate.getRight()));
        }
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : node.getInputs()) {
            inputs.add(apply(input));
        }
        if (node instanceof Filter || node instanceof Project || node instanceof Aggregate || node instanceof Sort) {
            return place(node, inputs.getFirst());
        }
        return node.copy(node.getTraitSet(), inputs);
    }

    private static RelNode place(RelNode operator, RelNode below) {
        if (below instanceof FragmentNode fragment) {
            Outcome outcome = rule(operator, fragment);
            switch (outcome) {
                case Outcome.Pushed pushed -> {
                    return pushed.node();
                }
                case Outcome.Partly partly -> {
                    return partly.node();
                }
                case Outcome.Refused refused -> {
                    if (fragment.table() != null) {
                        return inEngine(operator, fragment.withNotPushed(refused.reason()));
                    }
                }
            }
        }
        return inEngine(operator, below);
    }

    private static RelNode inEngine(RelNode operator, RelNode below) {
        return switch (rule(operator, FragmentNode.over(below))) {
            case Outcome.Pushed pushed -> pushed.node();
            case Outcome.Partly partly -> partly.node();
            case Outcome.Refused refused -> {
                if (operator instanceof Aggregate) {
                    throw new AquiferException(ErrorCode.UNSUPPORTED, refused.reason());
                }
                yield operator.copy(operator.getTraitSet(), List.of(below));
            }
        };
    }

    private static Outcome rule(RelNode operator, FragmentNode input) {
        return switch (operator) {
            case Filter filter -> PushFilter.apply(filter, input);
            case Project project -> PushProject.apply(project, input);
            case Aggregate aggregate -> PushAggregate.apply(aggregate, input);
            case Sort sort -> PushSort.apply(sort, input);
            default -> throw new IllegalArgumentException("no rule for " + operator);
        };
    }
}
