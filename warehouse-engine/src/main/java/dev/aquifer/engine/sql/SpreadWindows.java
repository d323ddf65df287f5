package dev.aquifer.engine.sql;

import java.util.Locale;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Variances over windows are of FLOAT64. The planner makes sums of squares of them, and the squares of DECIMALs with the
 * digits that it gives them fit no DECIMAL.
 */
final class SpreadWindows extends SqlShuttle {
    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (!(visited instanceof SqlCall over)
                || over.getKind() != SqlKind.OVER
                || !(over.operand(0) instanceof SqlBasicCall function)
                || function.operandCount() != 1
                || !isSpread(function)) {
            return visited;
        }
        SqlParserPos pos = function.getParserPosition();
        SqlNode type = new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.DOUBLE, pos), pos);
        SqlNode argument = SqlStdOperatorTable.CAST.createCall(pos, function.operand(0), type);
        SqlNode ofDoubles = function.getOperator().createCall(function.getFunctionQuantifier(), pos, argument);
        return over.getOperator().createCall(over.getParserPosition(), ofDoubles, over.operand(1));
    }

    private static boolean isSpread(SqlBasicCall function) {
        return switch (function.getOperator().getName().toUpperCase(Locale.ROOT)) {
            case "STDDEV", "STDDEV_POP", "STDDEV_SAMP", "VARIANCE", "VAR_POP", "VAR_SAMP" -> true;
            default -> false;
        };
    }
}
