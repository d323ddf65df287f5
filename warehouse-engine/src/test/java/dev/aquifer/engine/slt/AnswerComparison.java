package dev.aquifer.engine.slt;

import dev.aquifer.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the engine's rows with DuckDB's: integers, decimals, dates, texts exactly, floats to 1e-12 of their size. A
 * decimal of the engine where DuckDB has a float (AVG, quotients) is compared as a float, and may differ by half of its
 * last digit; never the other way round.
 */
public final class AnswerComparison {
    private static final double TOLERANCE = 1e-12;

    private final Answer expected;
    private final Answer actual;
    private final boolean[] approximate;

    private AnswerComparison(Answer expected, Answer actual) {
        this.expected = expected;
        this.actual = actual;
        this.approximate = new boolean[expected.columns().size()];
        for (int i = 0; i < approximate.length; i++) {
            approximate[i] = expected.columns().get(i).type().isFloat();
        }
    }

    /**
     * @param ordered whether rows are compared as they come, or as sets in which rows may repeat
     * @return what differs, or null where nothing does
     */
    public static @Nullable String difference(Answer expected, Answer actual, boolean ordered) {
        if (expected.columns().size() != actual.columns().size()) {
            return "expected " + expected.columns().size() + " columns, got "
                    + actual.columns().size();
        }
        for (int i = 0; i < expected.columns().size(); i++) {
            DataType mine = actual.columns().get(i).type();
            DataType theirs = expected.columns().get(i).type();
            if (family(mine) != family(theirs) && !(mine.isDecimal() && theirs.isFloat())) {
                return "column " + (i + 1) + " is " + mine + ", expected " + theirs;
            }
        }
        if (expected.rows().size() != actual.rows().size()) {
            return "expected " + expected.rows().size() + " rows, got "
                    + actual.rows().size();
        }
        return new AnswerComparison(expected, actual).rows(ordered);
    }

    private @Nullable String rows(boolean ordered) {
        List<List<@Nullable Object>> theirs = new ArrayList<>(expected.rows());
        List<List<@Nullable Object>> mine = new ArrayList<>(actual.rows());
        if (!ordered) {
            theirs.sort(order(expected));
            mine.sort(order(actual));
        }
        for (int row = 0; row < theirs.size(); row++) {
            for (int i = 0; i < approximate.length; i++) {
                if (!same(i, theirs.get(row).get(i), mine.get(row).get(i))) {
                    return "row " + (row + 1) + (ordered ? "" : " after sorting") + ", column " + (i + 1)
                            + ": expected " + String.join(" | ", AnswerText.values(expected, theirs.get(row)))
                            + ", got " + String.join(" | ", AnswerText.values(actual, mine.get(row)));
                }
            }
        }
        return null;
    }

    private boolean same(int column, @Nullable Object theirs, @Nullable Object mine) {
        if (theirs == null || mine == null) {
            return theirs == null && mine == null;
        }
        DataType expectedType = expected.columns().get(column).type();
        DataType actualType = actual.columns().get(column).type();
        if (approximate[column]) {
            return close(floating(expectedType, theirs), floating(actualType, mine), halfUnit(actualType));
        }
        return expectedType.isNumeric()
                ? exact(expectedType, theirs).compareTo(exact(actualType, mine)) == 0
                : theirs.equals(mine);
    }

    /** What rounding to a decimal's last digit takes away. */
    private static double halfUnit(DataType type) {
        return type.isDecimal() ? 0.5 * Math.pow(10, -type.scale()) : 0;
    }

    private static boolean close(double a, double b, double rounding) {
        return a == b
                || Double.isNaN(a) && Double.isNaN(b)
                || Math.abs(a - b) <= rounding + TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
    }

    /** Rows by their exact columns first, so that floats that differ in the last digit do not tear pairs apart. */
    private Comparator<List<@Nullable Object>> order(Answer answer) {
        Comparator<List<@Nullable Object>> order = (_, _) -> 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < approximate.length; i++) {
                if (approximate[i] == (pass == 1)) {
                    int column = i;
                    order = order.thenComparing((a, b) -> compare(answer, column, a.get(column), b.get(column)));
                }
            }
        }
        return order;
    }

    private int compare(Answer answer, int column, @Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return Boolean.compare(a == null, b == null);
        }
        DataType type = answer.columns().get(column).type();
        if (approximate[column]) {
            return Double.compare(floating(type, a) + 0.0, floating(type, b) + 0.0);
        }
        return type.isNumeric()
                ? exact(type, a).compareTo(exact(type, b))
                : text(type, a).compareTo(text(type, b));
    }

    private static String text(DataType type, Object value) {
        return AnswerText.value(type, value);
    }

    private static BigDecimal exact(DataType type, Object value) {
        BigInteger unscaled = value instanceof BigInteger big ? big : BigInteger.valueOf((Long) value);
        return new BigDecimal(unscaled, type.scale());
    }

    private static double floating(DataType type, Object value) {
        return value instanceof Double number ? number : exact(type, value).doubleValue();
    }

    private enum Family {
        EXACT,
        FLOAT,
        BOOLEAN,
        DATE,
        TIMESTAMP,
        TEXT
    }

    private static Family family(DataType type) {
        return switch (type.kind()) {
            case INT8, INT16, INT32, INT64, DECIMAL -> Family.EXACT;
            case FLOAT32, FLOAT64 -> Family.FLOAT;
            case BOOLEAN -> Family.BOOLEAN;
            case DATE -> Family.DATE;
            case TIMESTAMP -> Family.TIMESTAMP;
            case VARCHAR, BINARY -> Family.TEXT;
        };
    }
}
