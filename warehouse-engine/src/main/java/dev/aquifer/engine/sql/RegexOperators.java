package dev.aquifer.engine.sql;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlPosixRegexOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * {@code ~}, {@code ~*}, {@code !~} and {@code !~*} as calls of {@link OwnFunctions#REGEX}. The parser's own operators fail an
 * assertion where an operand is no text.
 */
final class RegexOperators extends SqlShuttle {
    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (!(visited instanceof SqlCall regex) || !(regex.getOperator() instanceof SqlPosixRegexOperator operator)) {
            return visited;
        }
        SqlParserPos pos = regex.getParserPosition();
        SqlNode matched = operator.getKind() == SqlKind.POSIX_REGEX_CASE_INSENSITIVE
                ? OwnFunctions.REGEX.createCall(
                        pos, regex.operand(0), regex.operand(1), SqlLiteral.createCharString("i", pos))
                : OwnFunctions.REGEX.createCall(pos, regex.operand(0), regex.operand(1));
        return operator.isNegated() ? SqlStdOperatorTable.NOT.createCall(pos, matched) : matched;
    }
}
