package dev.aquifer.engine.sql;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * {@code LIKE}: the escape is a backslash, or the one character after ESCAPE, or none where that is empty, as in
 * PostgreSQL. Of patterns that are no constants, which generated code matches, a backslash is itself.
 */
final class LikeEscapes extends SqlShuttle {
    /** A character that stands in no text: what an empty escape becomes. */
    private static final String NONE = "\uffff";

    private static final String BACKSLASH = "\\";

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (visited instanceof SqlCall like
                && like.getKind() == SqlKind.LIKE
                && like.operandCount() == 2
                && mayEscape(like.operand(1))) {
            return escaped(like, BACKSLASH, like.getParserPosition());
        }
        if (visited instanceof SqlCall like
                && like.getKind() == SqlKind.LIKE
                && like.operandCount() == 3
                && like.operand(2) instanceof SqlCharStringLiteral escape) {
            String text = String.valueOf(escape.toValue());
            if (text.codePointCount(0, text.length()) > 1) {
                throw new AquiferException(
                        ErrorCode.INVALID_ARGUMENT, "the escape '" + text + "' of LIKE is more than one character");
            }
            if (text.isEmpty()) {
                return escaped(like, NONE, escape.getParserPosition());
            }
        }
        return visited;
    }

    private static boolean mayEscape(SqlNode pattern) {
        return pattern instanceof SqlDynamicParam
                || pattern instanceof SqlCharStringLiteral text
                        && String.valueOf(text.toValue()).contains(BACKSLASH);
    }

    private static SqlNode escaped(SqlCall like, String escape, SqlParserPos pos) {
        return like.getOperator()
                .createCall(
                        like.getParserPosition(),
                        like.operand(0),
                        like.operand(1),
                        SqlLiteral.createCharString(escape, pos));
    }
}
