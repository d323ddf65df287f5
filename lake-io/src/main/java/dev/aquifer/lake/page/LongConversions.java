package dev.aquifer.lake.page;

import dev.aquifer.lake.format.MalformedException;

/** Conversions of stored integers, in place. */
final class LongConversions {
    private static final long MILLIS_LIMIT = Long.MAX_VALUE / 1000;

    private LongConversions() {}

    /**
     * Converts {@code values[from .. to)}.
     *
     * @param high the upper halves, for conversions to INT128
     */
    static void apply(ColumnLayout layout, long[] values, long[] high, int from, int to) {
        switch (layout.conversion()) {
            case NONE -> {}
            case BOUNDED -> check(layout, values, from, to);
            case UNSIGNED_INT -> {
                for (int i = from; i < to; i++) {
                    values[i] &= 0xffff_ffffL;
                }
            }
            case UNSIGNED_LONG -> {
                for (int i = from; i < to; i++) {
                    high[i] = 0;
                }
            }
            case SIGNED_LONG -> {
                for (int i = from; i < to; i++) {
                    high[i] = values[i] >> 63;
                }
            }
            case MILLIS -> {
                for (int i = from; i < to; i++) {
                    if (values[i] > MILLIS_LIMIT || values[i] < -MILLIS_LIMIT) {
                        throw new ValueRangeException(
                                "the timestamp of " + values[i] + " milliseconds since 1970 does not fit microseconds");
                    }
                    values[i] *= 1000;
                }
            }
            case NANOS -> {
                for (int i = from; i < to; i++) {
                    values[i] = Math.floorDiv(values[i], 1000L);
                }
            }
            case INT96, DECIMAL, FLOAT16, TEXT ->
                throw new IllegalStateException(layout.conversion() + " of " + layout.stored());
        }
    }

    private static void check(ColumnLayout layout, long[] values, int from, int to) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            least = Math.min(least, values[i]);
            greatest = Math.max(greatest, values[i]);
        }
        if (from < to && (least < layout.low() || greatest > layout.high())) {
            throw new MalformedException("it has the value " + (least < layout.low() ? least : greatest)
                    + ", which its type does not allow: " + layout.low() + " to " + layout.high());
        }
    }
}
