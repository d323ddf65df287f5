package dev.aquifer.engine.execute;

import dev.aquifer.engine.plan.Work;
import dev.aquifer.engine.sql.SqlTypes;
import dev.aquifer.engine.translate.ExprTranslator;
import dev.aquifer.engine.translate.NotTranslatable;
import dev.aquifer.spi.compile.Failures;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Leaves to Calcite's generated code what only it can do: the operands of its functions that devices can compute become
 * columns that the engine's device computes before, exact or an error. Arithmetic that must stay in the generated code, because
 * a CASE guards it, is the kind that does not wrap.
 */
final class CalciteOperands extends RexShuttle {
    private final RexBuilder builder;
    private final ExprTranslator translator;
    private final List<Expr> columns = new ArrayList<>();
    private final List<RelDataType> types = new ArrayList<>();
    private final int inputs;
    private int guarded;

    /** @param inputType the row that the expressions are over */
    CalciteOperands(RexBuilder builder, RelDataType inputType) {
        this.builder = builder;
        inputType.getFieldList().forEach(field -> {
            columns.add(new Expr.ColumnRef(field.getIndex(), SqlTypes.require(field.getType())));
            types.add(field.getType());
        });
        this.inputs = columns.size();
        this.translator = new ExprTranslator(builder, List.copyOf(columns));
    }

    @Override
    public RexNode visitCall(RexCall call) {
        try {
            Expr expr = translator.translate(call);
            if (guarded == 0 || !Failures.possible(expr)) {
                columns.add(expr);
                types.add(call.getType());
                return builder.makeInputRef(call.getType(), columns.size() - 1);
            }
        } catch (NotTranslatable e) {
            // Its operands may be.
        }
        boolean guards = switch (call.getKind()) {
            case CASE, COALESCE, AND, OR -> true;
            default -> false;
        };
        guarded += guards ? 1 : 0;
        RexNode visited = super.visitCall(call);
        guarded -= guards ? 1 : 0;
        return visited instanceof RexCall remaining ? checked(remaining) : visited;
    }

    private RexNode checked(RexCall call) {
        DataType type = SqlTypes.fromSql(call.getType());
        if (type == null || !type.isInteger()) {
            return call;
        }
        SqlOperator operator = switch (call.getKind()) {
            case PLUS -> SqlStdOperatorTable.CHECKED_PLUS;
            case MINUS -> SqlStdOperatorTable.CHECKED_MINUS;
            case TIMES -> SqlStdOperatorTable.CHECKED_MULTIPLY;
            case DIVIDE -> SqlStdOperatorTable.CHECKED_DIVIDE;
            case MINUS_PREFIX -> SqlStdOperatorTable.CHECKED_UNARY_MINUS;
            default -> call.getOperator();
        };
        return operator.equals(call.getOperator())
                ? call
                : builder.makeCall(call.getType(), operator, call.getOperands());
    }

    /** An operator that gives an operator's columns, and after them those that {@link #visitCall} asked for. */
    Operator below(Operator input) {
        if (columns.size() == inputs) {
            return input;
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            fields.add(new Field("c" + i, columns.get(i).type()));
        }
        Work work = new Work(fields, null, columns, new Terminal.Rows(-1), null);
        return new FragmentOperator(input, work, work.projectionTypes());
    }

    /** The row of {@link #below}. */
    RelDataType rowType() {
        RelDataTypeFactory.Builder row = builder.getTypeFactory().builder();
        for (int i = 0; i < types.size(); i++) {
            row.add("c" + i, types.get(i));
        }
        return row.build();
    }
}
