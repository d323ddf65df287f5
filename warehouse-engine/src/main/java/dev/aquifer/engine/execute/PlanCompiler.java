package dev.aquifer.engine.execute;

import dev.aquifer.engine.plan.FragmentNode;
import dev.aquifer.engine.plan.Work;
import dev.aquifer.engine.rules.PushSort;
import dev.aquifer.engine.sql.AquiferTable;
import dev.aquifer.engine.sql.SqlTypes;
import dev.aquifer.engine.translate.ExprTranslator;
import dev.aquifer.engine.translate.NotTranslatable;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.reference.RowEvaluator;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Plan nodes to operators. */
public final class PlanCompiler {
    private PlanCompiler() {}

    /** @throws AquiferException UNSUPPORTED for plans that the engine has no operator for */
    public static Operator compile(RelNode node) {
        return switch (node) {
            case FragmentNode fragment -> fragment(fragment);
            case Join join -> JoinCompiler.compile(join);
            case Sort sort -> sort(sort);
            case SetOp set -> set(set);
            case Values values -> values(values);
            case Window window -> WindowCompiler.compile(window);
            case Correlate correlate -> CorrelateOperator.of(correlate);
            case Filter filter ->
                CalciteOperator.filter(
                        compile(filter.getInput()), filter.getInput().getRowType(), filter);
            case Project project ->
                CalciteOperator.project(
                        compile(project.getInput()), project.getInput().getRowType(), project);
            default ->
                throw new AquiferException(
                        ErrorCode.UNSUPPORTED, "the engine has no operator for " + node.getRelTypeName());
        };
    }

    private static Operator fragment(FragmentNode node) {
        AquiferTable table = node.table();
        List<DataType> types = types(node.getRowType());
        if (table != null) {
            return new AccessOperator(Access.of(table.snapshot(), node.work()), types);
        }
        RelNode input = node.input();
        if (input == null) {
            throw new IllegalStateException("a fragment over nothing: " + node);
        }
        Operator below = compile(input);
        return FragmentOperator.passes(node.work()) ? below : new FragmentOperator(below, node.work(), types);
    }

    private static Operator sort(Sort sort) {
        Operator input = compile(sort.getInput());
        List<SortKey> keys = PushSort.keys(sort);
        Operator sorted = keys.isEmpty() ? input : new SortOperator(input, keys, input.types());
        long offset = PushSort.count(sort.offset, 0);
        long limit = PushSort.count(sort.fetch, -1);
        return offset == 0 && limit < 0 ? sorted : new LimitOperator(sorted, offset, limit);
    }

    private static Operator set(SetOp set) {
        List<DataType> types = types(set.getRowType());
        List<Operator> inputs = new ArrayList<>();
        for (RelNode input : set.getInputs()) {
            inputs.add(as(compile(input), types));
        }
        if (set.kind == SqlKind.UNION && set.all) {
            return new UnionOperator(inputs, types);
        }
        SetOperator.Kind kind = switch (set.kind) {
            case UNION -> SetOperator.Kind.UNION;
            case INTERSECT -> SetOperator.Kind.INTERSECT;
            case EXCEPT -> SetOperator.Kind.EXCEPT;
            default -> throw new AquiferException(ErrorCode.UNSUPPORTED, "the set operation " + set.kind);
        };
        Operator result = inputs.getFirst();
        if (inputs.size() == 1) {
            inputs.add(new ValuesOperator(Batch.empty(types), types));
        }
        for (Operator next : inputs.subList(1, inputs.size())) {
            result = new SetOperator(result, next, kind, set.all, types);
        }
        return result;
    }

    /** An operator whose columns have the given types. */
    static Operator as(Operator operator, List<DataType> types) {
        if (operator.types().equals(types)) {
            return operator;
        }
        List<Field> fields = new ArrayList<>();
        List<Expr> casts = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            DataType type = operator.types().get(i);
            fields.add(new Field("c" + i, type));
            Expr column = new Expr.ColumnRef(i, type);
            casts.add(type.equals(types.get(i)) ? column : Expr.cast(column, types.get(i)));
        }
        return new FragmentOperator(operator, new Work(fields, null, casts, new Terminal.Rows(-1), null), types);
    }

    private static Operator values(Values values) {
        List<DataType> types = types(values.getRowType());
        RexBuilder builder = values.getCluster().getRexBuilder();
        ExprTranslator translator = new ExprTranslator(builder, List.of());
        List<ColumnBuilder> columns = new ArrayList<>();
        types.forEach(
                type -> columns.add(new ColumnBuilder(type, values.getTuples().size())));
        for (List<RexLiteral> row : values.getTuples()) {
            for (int i = 0; i < types.size(); i++) {
                columns.get(i).append(constant(translator, row.get(i), types.get(i)));
            }
        }
        List<Column> built = columns.stream().map(ColumnBuilder::build).toList();
        return new ValuesOperator(new Batch(values.getTuples().size(), built), types);
    }

    private static @Nullable Object constant(ExprTranslator translator, RexLiteral literal, DataType type) {
        try {
            Expr value = translator.literal(literal, type);
            return RowEvaluator.of(List.of(), List.of(value)).evaluate(new @Nullable Object[0])[0];
        } catch (NotTranslatable e) {
            throw new AquiferException(ErrorCode.UNSUPPORTED, e.reason(), e);
        }
    }

    static List<DataType> types(RelDataType rowType) {
        List<DataType> types = new ArrayList<>();
        for (RelDataTypeField field : rowType.getFieldList()) {
            types.add(SqlTypes.require(field.getType()));
        }
        return types;
    }
}
