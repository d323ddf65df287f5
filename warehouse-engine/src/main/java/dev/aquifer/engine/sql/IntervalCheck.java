package dev.aquifer.engine.sql;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Refuses intervals that are finer than the planner's, which have milliseconds and would be cut in silence. */
final class IntervalCheck extends SqlBasicVisitor<@Nullable Void> {
    private static final Pattern TOO_FINE = Pattern.compile("\\.\\d{3}\\d*[1-9]");

    @Override
    public @Nullable Void visit(SqlLiteral literal) {
        if (literal instanceof SqlIntervalLiteral
                && literal.getValue() instanceof SqlIntervalLiteral.IntervalValue interval
                && TOO_FINE.matcher(interval.getIntervalLiteral()).find()) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED,
                    "the interval '" + interval.getIntervalLiteral() + "' is finer than a millisecond");
        }
        return null;
    }
}
