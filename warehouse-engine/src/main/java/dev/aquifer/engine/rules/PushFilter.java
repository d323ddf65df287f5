package dev.aquifer.engine.rules;

import dev.aquifer.engine.plan.FragmentNode;
import dev.aquifer.engine.plan.Work;
import dev.aquifer.engine.translate.ExprTranslator;
import dev.aquifer.engine.translate.NotTranslatable;
import dev.aquifer.spi.compile.Failures;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** A filter, conjunct by conjunct; those that fragments cannot say stay above. */
final class PushFilter {
    private PushFilter() {}

    static Outcome apply(Filter filter, FragmentNode input) {
        Work work = input.work();
        if (!work.isOpen()) {
            return new Outcome.Refused("filter: it applies after the " + Shapes.word(work.terminal()) + " below it");
        }
        ExprTranslator translator = new ExprTranslator(filter.getCluster().getRexBuilder(), work.projections());
        List<Expr> pushed = new ArrayList<>();
        List<RexNode> rest = new ArrayList<>();
        FragmentNode result = input;
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            try {
                pushed.add(translator.translate(conjunct));
            } catch (NotTranslatable e) {
                rest.add(conjunct);
                result = result.withResidual(ExprText.of(conjunct, filter.getRowType()))
                        .withNotPushed("filter " + ExprText.of(conjunct, filter.getRowType()) + ": " + e.reason());
            }
        }
        if (pushed.isEmpty()) {
            return new Outcome.Partly(LogicalFilter.create(result, filter.getCondition()));
        }
        // What can fail comes last, so that the others keep rows from it.
        pushed.sort(Comparator.comparing(Failures::possible));
        if (work.filter() != null) {
            pushed.addFirst(work.filter());
        }
        Expr condition = pushed.size() == 1 ? pushed.getFirst() : Expr.call(Function.AND, pushed.toArray(Expr[]::new));
        RelNode grown = result.with(work.withFilter(condition), input.getRowType());
        return rest.isEmpty()
                ? new Outcome.Pushed(grown)
                : new Outcome.Partly(LogicalFilter.create(
                        grown, RexUtil.composeConjunction(filter.getCluster().getRexBuilder(), rest)));
    }
}
