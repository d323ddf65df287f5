package dev.aquifer.engine.testing;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compares our rows with DuckDB's: exact, but for floats, which may differ by 1e-12 of themselves. */
public final class SameRows {
    private static final double TOLERANCE = 1e-12;

    private SameRows() {}

    /** What differs, in words, or null where nothing does. Rows are compared as a bag. */
    public static @Nullable String difference(
            List<? extends List<? extends @Nullable String>> ours,
            List<? extends List<? extends @Nullable Object>> theirs) {
        if (ours.size() != theirs.size()) {
            return "we give " + ours.size() + " rows, DuckDB " + theirs.size() + "\n  ours: " + head(ours)
                    + "\n  theirs: " + head(theirs);
        }
        List<List<? extends @Nullable Object>> left = sorted(ours);
        List<List<? extends @Nullable Object>> right = sorted(theirs);
        for (int row = 0; row < left.size(); row++) {
            for (int column = 0; column < left.get(row).size(); column++) {
                if (!same((String) left.get(row).get(column), right.get(row).get(column))) {
                    return "row " + row + ", column " + column + ":\n  ours:   " + left.get(row) + "\n  theirs: "
                            + right.get(row);
                }
            }
        }
        return null;
    }

    private static String head(List<?> rows) {
        return rows.subList(0, Math.min(5, rows.size())).toString();
    }

    private static List<List<? extends @Nullable Object>> sorted(
            List<? extends List<? extends @Nullable Object>> rows) {
        List<List<? extends @Nullable Object>> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(SameRows::key));
        return sorted;
    }

    /** A text by which equal rows of both sides come to the same place: numbers to ten digits. */
    private static String key(List<? extends @Nullable Object> row) {
        StringBuilder key = new StringBuilder();
        for (Object value : row) {
            key.append(text(value)).append('|');
        }
        return key.toString();
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "~";
        }
        String text = plain(value);
        try {
            return String.format(Locale.ROOT, "%.8e", Double.parseDouble(text) + 0.0);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private static String plain(Object value) {
        return switch (value) {
            case Timestamp time -> plain(time.toLocalDateTime());
            case LocalDateTime time ->
                time.toString()
                        .replace('T', ' ')
                        .replaceAll("^(\\S+ \\d\\d:\\d\\d)$", "$1:00")
                        .replaceAll("(\\.\\d*?)0+$", "$1");
            case BigDecimal decimal -> decimal.toPlainString();
            default -> value.toString();
        };
    }

    private static boolean same(@Nullable String ours, @Nullable Object theirs) {
        if (ours == null || theirs == null) {
            return ours == null && theirs == null;
        }
        return switch (theirs) {
            case Double number -> near(Double.parseDouble(ours), number);
            case Float number -> near((float) Double.parseDouble(ours), number);
            case Number number -> new BigDecimal(ours).compareTo(new BigDecimal(plain(number))) == 0;
            default -> ours.equals(plain(theirs));
        };
    }

    private static boolean near(double ours, double theirs) {
        return ours == theirs
                || Double.isNaN(ours) && Double.isNaN(theirs)
                || Math.abs(ours - theirs) <= TOLERANCE * Math.max(Math.abs(ours), Math.abs(theirs));
    }
}
