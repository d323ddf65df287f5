package dev.aquifer.cpu.vector;

import java.util.function.LongUnaryOperator;

/** A function of days. Most stripes have few days, so that it is computed once for each of them, and looked up. */
final class DayTable {
    private static final int MOST_DAYS = 8_192;

    private final LongUnaryOperator function;
    private long[] values = new long[0];
    private long from;
    private int days;

    DayTable(LongUnaryOperator function) {
        this.function = function;
    }

    /** Whether all days of a range are at hand; computes them where they are few. */
    boolean covers(long first, long last) {
        if (first >= from && last < from + days) {
            return true;
        }
        if (last - first >= MOST_DAYS) {
            return false;
        }
        values = values.length == 0 ? new long[MOST_DAYS] : values;
        from = first;
        days = (int) (last - first) + 1;
        for (int i = 0; i < days; i++) {
            values[i] = function.applyAsLong(first + i);
        }
        return true;
    }

    /** The value of a day that it {@link #covers}. */
    long get(long day) {
        return values[(int) (day - from)];
    }
}
