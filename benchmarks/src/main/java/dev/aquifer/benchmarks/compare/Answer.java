package dev.aquifer.benchmarks.compare;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The rows of a result as texts, in no order. Numbers that are not written alike are equal where they differ by less than 1e-12 of
 * themselves: DuckDB gives averages and quotients of decimals as floats.
 */
final class Answer {
    private static final BigDecimal TOLERANCE = new BigDecimal("1e-12");

    private final List<String[]> rows = new ArrayList<>();

    void add(String[] row) {
        rows.add(row);
    }

    int size() {
        return rows.size();
    }

    /** What first differs from the other engine's answer, or an empty text where nothing does. */
    String difference(Answer expected) {
        if (rows.size() != expected.rows.size()) {
            return rows.size() + " rows instead of " + expected.rows.size();
        }
        List<String[]> mine = sorted(rows);
        List<String[]> theirs = sorted(expected.rows);
        for (int row = 0; row < mine.size(); row++) {
            if (!same(mine.get(row), theirs.get(row))) {
                return "row " + row + " is " + Arrays.toString(mine.get(row)) + " instead of "
                        + Arrays.toString(theirs.get(row));
            }
        }
        return "";
    }

    private static List<String[]> sorted(List<String[]> rows) {
        List<String[]> copy = new ArrayList<>(rows);
        copy.sort(Comparator.comparing(row -> String.join("\u0000", row)));
        return copy;
    }

    private static boolean same(String[] mine, String[] theirs) {
        if (mine.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < mine.length; i++) {
            if (!mine[i].equals(theirs[i]) && !near(mine[i], theirs[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean near(String mine, String theirs) {
        try {
            BigDecimal wanted = new BigDecimal(theirs);
            BigDecimal off = wanted.subtract(new BigDecimal(mine)).abs();
            return off.compareTo(TOLERANCE.multiply(wanted.abs())) <= 0;
        } catch (NumberFormatException notNumbers) {
            return false;
        }
    }
}
