package dev.aquifer.engine.sql;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Intervals with microseconds. The planner's have milliseconds and would cut the rest in silence, so that the rest goes beside
 * them, as the second argument of {@link OwnFunctions#FINE_INTERVAL}.
 */
final class FineIntervals extends SqlShuttle {
    private static final Pattern FRACTION = Pattern.compile("(.*\\.\\d{3})(\\d+)(.*)", Pattern.DOTALL);
    private static final int REST_DIGITS = 3;

    @Override
    public @Nullable SqlNode visit(SqlLiteral literal) {
        if (!(literal instanceof SqlIntervalLiteral)
                || !(literal.getValue() instanceof SqlIntervalLiteral.IntervalValue interval)) {
            return literal;
        }
        Matcher fraction = FRACTION.matcher(interval.getIntervalLiteral());
        if (!fraction.matches()) {
            return literal;
        }
        String digits = fraction.group(2).replaceAll("0+$", "");
        if (digits.isEmpty()) {
            return literal;
        }
        if (digits.length() > REST_DIGITS) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED,
                    "the interval '" + interval.getIntervalLiteral() + "' is finer than a microsecond");
        }
        SqlParserPos pos = literal.getParserPosition();
        SqlNode coarse = SqlLiteral.createInterval(
                interval.getSign(), fraction.group(1) + fraction.group(3), interval.getIntervalQualifier(), pos);
        boolean negative =
                interval.getSign() < 0 != interval.getIntervalLiteral().strip().startsWith("-");
        String micros = (negative ? "-" : "") + (digits + "00").substring(0, REST_DIGITS);
        return OwnFunctions.FINE_INTERVAL.createCall(pos, List.of(coarse, SqlLiteral.createExactNumeric(micros, pos)));
    }
}
