package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Bits;
import dev.aquifer.cpu.vector.MaskedLongs;
import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import org.jspecify.annotations.Nullable;

/**
 * MIN and MAX of values that are an integer of 64 bits, or ordered as one: a float by its bits, NaN the greatest, and -0.0 less
 * than 0.0, or the result would depend on which came first.
 */
final class ExtremeState extends GroupState {
    private final DataType type;
    private final boolean least;
    private final LongPages values;

    ExtremeState(DataType type, boolean least, MemoryReservation memory) {
        super(memory);
        this.type = type;
        this.least = least;
        this.values = new LongPages(1, least ? Long.MAX_VALUE : Long.MIN_VALUE, memory);
    }

    @Override
    void grow(int groups) {
        values.reserve(groups);
    }

    /** A float's place in their order. */
    static long ordered(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    private static double unordered(long place) {
        return Double.longBitsToDouble(place ^ place >> 63 & Long.MAX_VALUE);
    }

    private long value(Register arg, int row) {
        return switch (type.physical()) {
            case BOOL -> Bits.get(arg.bits(), row) ? 1 : 0;
            case LONG -> arg.longs()[row];
            case DOUBLE -> ordered(arg.doubles()[row]);
            case INT128, BYTES -> throw new IllegalStateException("extremes of " + type);
        };
    }

    void offer(int group, long value) {
        long[] page = values.page(group);
        int at = values.at(group);
        page[at] = least ? Math.min(page[at], value) : Math.max(page[at], value);
    }

    @Override
    void add(Register arg, int[] groups, RowNumbers numbers) {
        int[] rows = numbers.rows();
        int count = numbers.count();
        if (type.physical() != Physical.LONG) {
            for (int i = 0; i < count; i++) {
                offer(groups[rows[i]], value(arg, rows[i]));
            }
            return;
        }
        long[] args = arg.longs();
        long[][] pages = values.pages();
        if (least) {
            for (int i = 0; i < count; i++) {
                int group = groups[rows[i]];
                long[] page = pages[group >>> LongPages.SHIFT];
                page[group & LongPages.MASK] = Math.min(page[group & LongPages.MASK], args[rows[i]]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                int group = groups[rows[i]];
                long[] page = pages[group >>> LongPages.SHIFT];
                page[group & LongPages.MASK] = Math.max(page[group & LongPages.MASK], args[rows[i]]);
            }
        }
    }

    @Override
    void addRun(Register arg, int group, int[] rows, int from, int to, boolean inOrder) {
        if (type.physical() == Physical.LONG && inOrder) {
            offer(group, least ? MaskedLongs.min(arg.longs(), from, to) : MaskedLongs.max(arg.longs(), from, to));
            return;
        }
        long best = value(arg, rows[from]);
        if (least) {
            for (int i = from + 1; i < to; i++) {
                best = Math.min(best, value(arg, rows[i]));
            }
        } else {
            for (int i = from + 1; i < to; i++) {
                best = Math.max(best, value(arg, rows[i]));
            }
        }
        offer(group, best);
    }

    @Override
    void addMasked(Register arg, int group, long[] bits) {
        if (type.physical() == Physical.LONG && MaskedLongs.pays(Bits.count(bits))) {
            offer(group, least ? MaskedLongs.min(arg.longs(), bits) : MaskedLongs.max(arg.longs(), bits));
        } else {
            super.addMasked(arg, group, bits);
        }
    }

    /** Takes a bound of a zone map, which is a value of the column. */
    void offerBound(int group, Object bound) {
        switch (bound) {
            case Long value -> offer(group, value);
            case Boolean value -> offer(group, value ? 1 : 0);
            default -> throw new IllegalArgumentException("a bound of " + type + ": " + bound);
        }
    }

    @Override
    void merge(GroupState other, int[] from, int[] to, int count) {
        LongPages offered = ((ExtremeState) other).values;
        for (int i = 0; i < count; i++) {
            offer(to[i], offered.get(from[i]));
        }
    }

    @Override
    @Nullable
    LongPages plainValues() {
        return type.physical() == Physical.LONG && !tracksSeen() ? values : null;
    }

    @Override
    int compare(int left, int right) {
        if (type.physical() == Physical.DOUBLE) {
            // As SQL compares: -0.0 equals 0.0.
            return Double.compare(unordered(values.get(left)) + 0.0, unordered(values.get(right)) + 0.0);
        }
        return Long.compare(values.get(left), values.get(right));
    }

    @Override
    void appendValue(ColumnBuilder builder, int group) {
        long value = values.get(group);
        switch (type.physical()) {
            case BOOL -> builder.appendBool(value != 0);
            case LONG -> builder.appendLong(value);
            case DOUBLE -> builder.appendDouble(unordered(value));
            case INT128, BYTES -> throw new IllegalStateException("extremes of " + type);
        }
    }
}
