package dev.aquifer.engine.sql;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Keeps Calcite from ordering texts. It puts the bounds of {@code s >= '\uff5e' AND s <= '\ud83d\ude00'} in the order of UTF-16
 * units, in which this range is empty, where SQL's order is that of code points. Bounds that the two orders may see otherwise
 * stand behind a function that the planner knows nothing about, {@link OwnFunctions#TEXT}.
 */
public final class TextRexBuilder extends RexBuilder {
    public TextRexBuilder(RelDataTypeFactory types) {
        super(types);
    }

    @Override
    public RexNode makeCall(SqlParserPos pos, SqlOperator operator, List<? extends RexNode> operands) {
        return super.makeCall(pos, operator, bounds(operator, operands));
    }

    @Override
    public RexNode makeCall(SqlOperator operator, List<? extends RexNode> operands) {
        return super.makeCall(operator, bounds(operator, operands));
    }

    @Override
    public RexNode makeCall(SqlParserPos pos, RelDataType type, SqlOperator operator, List<RexNode> operands) {
        return super.makeCall(pos, type, operator, bounds(operator, operands));
    }

    @Override
    public RexNode makeCall(RelDataType type, SqlOperator operator, List<RexNode> operands) {
        return super.makeCall(type, operator, bounds(operator, operands));
    }

    private List<RexNode> bounds(SqlOperator operator, List<? extends RexNode> operands) {
        return operands.stream()
                .map(operand -> isOrder(operator.getKind()) ? hidden(operand, this) : operand)
                .toList();
    }

    /** A constant behind the function, where the orders may differ; itself otherwise. */
    public static RexNode hidden(RexNode constant, RexBuilder builder) {
        return isMisordered(constant)
                ? builder.makeCall(constant.getType(), OwnFunctions.TEXT, List.of(constant))
                : constant;
    }

    private static boolean isOrder(SqlKind kind) {
        return switch (kind) {
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> true;
            default -> false;
        };
    }

    /** Only among texts with surrogates, or with what comes after them in UTF-16, the orders differ. */
    private static boolean isMisordered(RexNode node) {
        return node instanceof RexLiteral literal
                && !literal.isNull()
                && SqlTypeUtil.inCharFamily(literal.getType())
                && String.valueOf(literal.getValueAs(String.class))
                        .chars()
                        .anyMatch(unit -> unit >= Character.MIN_SURROGATE);
    }

    /** The expression with its texts in the open: for generated code, and to be read. */
    public static RexNode plain(RexNode node) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                return call.getOperator().equals(OwnFunctions.TEXT)
                        ? call.getOperands().getFirst()
                        : super.visitCall(call);
            }
        });
    }
}
