package dev.aquifer.engine.rules;

import dev.aquifer.engine.plan.FragmentNode;
import dev.aquifer.engine.plan.Work;
import dev.aquifer.engine.translate.ExprTranslator;
import dev.aquifer.engine.translate.NotTranslatable;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** A projection; of expressions that fragments cannot say, their columns. */
final class PushProject {
    private PushProject() {}

    static Outcome apply(Project project, FragmentNode input) {
        Work work = input.work();
        if (!(work.terminal() instanceof Terminal.Rows)) {
            return new Outcome.Refused(
                    "projection: it applies after the " + Shapes.word(work.terminal()) + " below it");
        }
        RexBuilder builder = project.getCluster().getRexBuilder();
        ExprTranslator translator = new ExprTranslator(builder, work.projections());
        List<Expr> pushed = new ArrayList<>();
        List<RelDataType> types = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        Map<Integer, Integer> passed = new LinkedHashMap<>();
        FragmentNode result = input;
        boolean whole = true;
        for (RexNode expression : project.getProjects()) {
            try {
                Expr expr = translator.translate(expression);
                above.add(builder.makeInputRef(expression.getType(), pushed.size()));
                pushed.add(expr);
                types.add(expression.getType());
            } catch (NotTranslatable e) {
                whole = false;
                result = result.withNotPushed("projection "
                        + ExprText.of(expression, project.getInput().getRowType()) + ": " + e.reason());
                above.add(expression.accept(new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef ref) {
                        int place = passed.computeIfAbsent(ref.getIndex(), column -> {
                            pushed.add(work.projections().get(column));
                            types.add(ref.getType());
                            return pushed.size() - 1;
                        });
                        return builder.makeInputRef(ref.getType(), place);
                    }
                }));
            }
        }
        if (whole) {
            return new Outcome.Pushed(result.with(work.withProjections(pushed), project.getRowType()));
        }
        RelDataTypeFactory.Builder rowType = builder.getTypeFactory().builder();
        for (int i = 0; i < types.size(); i++) {
            rowType.add("c" + i, types.get(i));
        }
        return new Outcome.Partly(LogicalProject.create(
                result.with(work.withProjections(pushed), rowType.build()),
                List.of(),
                above,
                project.getRowType(),
                java.util.Set.of()));
    }
}
