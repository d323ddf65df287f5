package dev.aquifer.engine.rules;

import dev.aquifer.engine.plan.FragmentNode;
import dev.aquifer.engine.plan.Work;
import dev.aquifer.engine.sql.SqlTypes;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/**
 * Grouping and aggregation: partial states in the fragment, merged and finished above. AVG is SUM and COUNT; DISTINCT over
 * one argument groups by it too.
 */
final class PushAggregate {
    private PushAggregate() {}

    static Outcome apply(Aggregate aggregate, FragmentNode input) {
        Work work = input.work();
        if (!work.isOpen()) {
            return new Outcome.Refused("aggregate: it applies after the " + Shapes.word(work.terminal()) + " below it");
        }
        if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
            return new Outcome.Refused("aggregate: GROUPING SETS are one aggregation for each set");
        }
        AggregateShaper shaper =
                new AggregateShaper(work, aggregate.getGroupSet().asList());
        List<Expr> outputs = new ArrayList<>();
        try {
            for (AggregateCall call : aggregate.getAggCallList()) {
                outputs.add(shaper.add(call));
            }
        } catch (AggregateShaper.NotShaped e) {
            return new Outcome.Refused("aggregate: " + e.getMessage());
        }
        Work shaped = shaper.work();
        FragmentNode grouped = input.with(shaped, finishedType(shaper, aggregate));
        return new Outcome.Pushed(shaped(grouped, shaper, outputs, aggregate.getRowType()));
    }

    /** Adds the projection that makes the aggregates of the query from the finished states, where one is needed. */
    private static FragmentNode shaped(
            FragmentNode grouped, AggregateShaper shaper, List<Expr> aggregates, RelDataType wanted) {
        List<Expr> outputs = new ArrayList<>();
        for (int key = 0; key < shaper.keys(); key++) {
            outputs.add(new Expr.ColumnRef(key, shaper.finishedTypes().get(key)));
        }
        outputs.addAll(aggregates);
        boolean same = outputs.size() == shaper.finishedTypes().size();
        for (int i = 0; i < outputs.size(); i++) {
            Expr output = outputs.get(i);
            Expr typed = Typed.as(
                    output, SqlTypes.require(wanted.getFieldList().get(i).getType()));
            outputs.set(i, typed);
            same = same && typed instanceof Expr.ColumnRef ref && ref.index() == i;
        }
        if (same) {
            return grouped.with(grouped.work(), wanted);
        }
        FragmentNode above = FragmentNode.over(grouped);
        return above.with(above.work().withProjections(outputs), wanted);
    }

    private static RelDataType finishedType(AggregateShaper shaper, Aggregate aggregate) {
        RelDataTypeFactory factory = aggregate.getCluster().getTypeFactory();
        RelDataTypeFactory.Builder builder = factory.builder();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < shaper.finishedTypes().size(); i++) {
            String name =
                    i < shaper.keys() ? aggregate.getRowType().getFieldNames().get(i) : "state" + i;
            fields.add(new Field(name, shaper.finishedTypes().get(i)));
        }
        for (Field field : fields) {
            builder.add(field.name(), SqlTypes.toSql(field.type(), factory));
        }
        return builder.build();
    }
}
