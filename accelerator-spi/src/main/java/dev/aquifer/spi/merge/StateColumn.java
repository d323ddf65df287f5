package dev.aquifer.spi.merge;

import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Physical;
import java.util.Arrays;

/** The states of one aggregate for all groups, by group number. */
final class StateColumn {
    /** What an array object takes beside its bytes, about. */
    private static final int ARRAY_OVERHEAD = 16;

    private final AggregateState.Kind kind;
    private final Physical physical;
    private final MemoryReservation memory;
    /** Longs of a state; texts are in {@link #texts}. */
    private final int width;

    private final long[] other;
    private long[] words = new long[0];
    private byte[][] texts = new byte[0][];
    private boolean[] present = new boolean[0];

    StateColumn(AggregateState state, MemoryReservation memory) {
        this.kind = state.kind();
        this.physical = state.stateType().physical();
        this.memory = memory;
        this.width = switch (kind) {
            case COUNT -> 1;
            case SUM -> 2;
            case WIDE_SUM -> WideSum.LONGS;
            case FLOAT_SUM -> FloatSum.LONGS;
            case MIN, MAX ->
                switch (physical) {
                    case BOOL, LONG, DOUBLE -> 1;
                    case INT128 -> 2;
                    case BYTES -> 0;
                };
        };
        this.other = new long[width];
    }

    private boolean isText() {
        return width == 0;
    }

    private long bytesPerGroup() {
        return 8L * width + 1 + (isText() ? 8 : 0);
    }

    /** Makes room for groups below {@code capacity}. */
    void reserve(int capacity) {
        if (capacity <= present.length) {
            return;
        }
        int old = present.length;
        int grown = (int) Math.max(64, Math.min(Integer.MAX_VALUE / 8, Math.max(capacity, 2L * old)));
        if ((long) grown * width > Integer.MAX_VALUE - 16 || grown < capacity) {
            throw new AquiferException(ErrorCode.MEMORY_EXCEEDED, "more than " + old + " groups");
        }
        memory.add(grown * bytesPerGroup());
        present = Arrays.copyOf(present, grown);
        words = Arrays.copyOf(words, grown * width);
        if (isText()) {
            texts = Arrays.copyOf(texts, grown);
        }
        memory.remove(old * bytesPerGroup());
    }

    /** Adds the state at a row of a partial result to that of a group. */
    void merge(int group, Column states, int row) {
        if (states.isNull(row)) {
            return;
        }
        int at = group * width;
        switch (kind) {
            case COUNT -> words[at] = Math.addExact(words[at], ((LongColumn) states).values()[row]);
            case SUM -> addDecimal(at, (Int128Column) states, row);
            case WIDE_SUM -> {
                BytesColumn bytes = (BytesColumn) states;
                WideSum.decode(bytes.data(), bytes.offsets()[row], bytes.length(row), other, 0);
                WideSum.merge(words, at, other, 0);
            }
            case FLOAT_SUM -> {
                BytesColumn bytes = (BytesColumn) states;
                FloatSum.decode(bytes.data(), bytes.offsets()[row], bytes.length(row), other, 0);
                FloatSum.merge(words, at, other, 0);
            }
            case MIN -> extreme(group, states, row, -1);
            case MAX -> extreme(group, states, row, 1);
        }
        present[group] = true;
    }

    private void addDecimal(int at, Int128Column states, int row) {
        long low = words[at] + states.low()[row];
        long carry = Long.compareUnsigned(low, words[at]) < 0 ? 1 : 0;
        long left = words[at + 1];
        long right = states.high()[row];
        long high = left + right + carry;
        if ((left < 0) == (right < 0) && (high < 0) != (left < 0)) {
            throw new AquiferException(ErrorCode.INTERNAL, "a partial sum does not fit 128 bits");
        }
        words[at] = low;
        words[at + 1] = high;
    }

    /** Takes the value if there is none yet, or its order to the present one has the given sign. */
    private void extreme(int group, Column states, int row, int sign) {
        int at = group * width;
        boolean first = !present[group];
        switch (states) {
            case BoolColumn column -> {
                long value = Bitmap.get(column.bits(), row) ? 1 : 0;
                if (first || Long.compare(value, words[at]) * sign > 0) {
                    words[at] = value;
                }
            }
            case LongColumn column -> {
                long value = column.values()[row];
                if (first || Long.compare(value, words[at]) * sign > 0) {
                    words[at] = value;
                }
            }
            case DoubleColumn column -> {
                double value = column.values()[row];
                if (first || Double.compare(value, Double.longBitsToDouble(words[at])) * sign > 0) {
                    words[at] = Double.doubleToLongBits(value);
                }
            }
            case Int128Column column -> {
                long low = column.low()[row];
                long high = column.high()[row];
                int order = Long.compare(high, words[at + 1]);
                order = order != 0 ? order : Long.compareUnsigned(low, words[at]);
                if (first || Integer.signum(order) * sign > 0) {
                    words[at] = low;
                    words[at + 1] = high;
                }
            }
            case BytesColumn column -> extremeText(group, column, row, sign, first);
        }
    }

    private void extremeText(int group, BytesColumn column, int row, int sign, boolean first) {
        int from = column.offsets()[row];
        int to = column.offsets()[row + 1];
        byte[] held = first ? new byte[0] : texts[group];
        if (first || Integer.signum(Arrays.compareUnsigned(column.data(), from, to, held, 0, held.length)) * sign > 0) {
            memory.add(to - from + ARRAY_OVERHEAD);
            texts[group] = Arrays.copyOfRange(column.data(), from, to);
            memory.remove(first ? 0 : held.length + ARRAY_OVERHEAD);
        }
    }

    /** Appends the state of a group. */
    void append(int group, ColumnBuilder builder) {
        int at = group * width;
        if (!present[group] && kind != AggregateState.Kind.COUNT) {
            builder.appendNull();
            return;
        }
        switch (kind) {
            case COUNT -> builder.appendLong(words[at]);
            case SUM -> builder.appendInt128(words[at], words[at + 1]);
            case WIDE_SUM -> {
                byte[] bytes = new byte[WideSum.BYTES];
                WideSum.encode(words, at, bytes, 0);
                builder.appendBytes(bytes, 0, bytes.length);
            }
            case FLOAT_SUM -> {
                byte[] bytes = new byte[FloatSum.BYTES];
                FloatSum.encode(words, at, bytes, 0);
                builder.appendBytes(bytes, 0, bytes.length);
            }
            case MIN, MAX -> {
                switch (physical) {
                    case BOOL -> builder.appendBool(words[at] != 0);
                    case LONG -> builder.appendLong(words[at]);
                    case DOUBLE -> builder.appendDouble(Double.longBitsToDouble(words[at]));
                    case INT128 -> builder.appendInt128(words[at], words[at + 1]);
                    case BYTES -> builder.appendBytes(texts[group], 0, texts[group].length);
                }
            }
        }
    }
}
