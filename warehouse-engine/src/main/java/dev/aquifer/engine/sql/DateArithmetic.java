package dev.aquifer.engine.sql;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Dates count in days, as in PostgreSQL: {@code date - date} is an INTEGER, {@code date + 7} a date. */
final class DateArithmetic {
    private DateArithmetic() {}

    /** Puts operands that the planner knows in the place of those of date arithmetic. */
    static void rewrite(SqlCallBinding binding) {
        SqlCall call = binding.getCall();
        boolean plus = call.getKind() == SqlKind.PLUS;
        if (!plus && call.getKind() != SqlKind.MINUS || binding.getOperandCount() != 2) {
            return;
        }
        SqlTypeName left = binding.getOperandType(0).getSqlTypeName();
        SqlTypeName right = binding.getOperandType(1).getSqlTypeName();
        if (!plus && left == SqlTypeName.DATE && right == SqlTypeName.DATE) {
            call.setOperand(0, days(call.operand(0)));
            call.setOperand(1, days(call.operand(1)));
        } else if (left == SqlTypeName.DATE && isDays(right)) {
            call.setOperand(1, interval(call.operand(1)));
        } else if (plus && isDays(left) && right == SqlTypeName.DATE) {
            call.setOperand(0, interval(call.operand(0)));
        }
    }

    private static boolean isDays(SqlTypeName type) {
        return type == SqlTypeName.TINYINT || type == SqlTypeName.SMALLINT || type == SqlTypeName.INTEGER;
    }

    private static SqlNode days(SqlNode date) {
        return OwnFunctions.DATE_DAYS.createCall(date.getParserPosition(), date);
    }

    private static SqlNode interval(SqlNode days) {
        SqlParserPos pos = days.getParserPosition();
        SqlNode day = SqlLiteral.createInterval(1, "1", new SqlIntervalQualifier(TimeUnit.DAY, null, pos), pos);
        return SqlStdOperatorTable.MULTIPLY.createCall(pos, days, day);
    }
}
