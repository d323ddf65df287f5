package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Bits;
import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.type.DataType;
import java.util.Arrays;

/** MIN and MAX. NaN is the greatest float, and -0.0 less than 0.0, or the result would depend on which came first. */
final class ExtremeState extends GroupState {
    private static final byte[] NOTHING = new byte[0];

    private final DataType type;
    private final boolean least;
    private final MemoryReservation memory;
    private boolean[] seen = new boolean[0];
    /** LONG, low halves of INT128, BOOL as 0 and 1. */
    private long[] longs = new long[0];

    private long[] highs = new long[0];
    private double[] doubles = new double[0];
    private byte[][] texts = new byte[0][];

    ExtremeState(DataType type, boolean least, MemoryReservation memory) {
        this.type = type;
        this.least = least;
        this.memory = memory;
    }

    @Override
    int groupBytes() {
        return switch (type.physical()) {
            case BOOL, LONG, DOUBLE -> 9;
            case INT128 -> 17;
            case BYTES -> 32;
        };
    }

    @Override
    void grow(int capacity) {
        seen = Arrays.copyOf(seen, capacity);
        switch (type.physical()) {
            case BOOL, LONG -> longs = Arrays.copyOf(longs, capacity);
            case INT128 -> {
                longs = Arrays.copyOf(longs, capacity);
                highs = Arrays.copyOf(highs, capacity);
            }
            case DOUBLE -> doubles = Arrays.copyOf(doubles, capacity);
            case BYTES -> {
                int from = texts.length;
                texts = Arrays.copyOf(texts, capacity);
                Arrays.fill(texts, from, capacity, NOTHING);
            }
        }
    }

    @Override
    void add(Register arg, int[] groups, RowNumbers numbers) {
        int[] rows = numbers.rows();
        int count = numbers.count();
        switch (type.physical()) {
            case BOOL -> {
                for (int i = 0; i < count; i++) {
                    offer(groups[rows[i]], Bits.get(arg.bits(), rows[i]) ? 1L : 0L);
                }
            }
            case LONG -> {
                long[] values = arg.longs();
                for (int i = 0; i < count; i++) {
                    offer(groups[rows[i]], values[rows[i]]);
                }
            }
            case INT128 -> {
                for (int i = 0; i < count; i++) {
                    offer(groups[rows[i]], arg.longs()[rows[i]], arg.high(rows[i]));
                }
            }
            case DOUBLE -> {
                double[] values = arg.doubles();
                for (int i = 0; i < count; i++) {
                    offer(groups[rows[i]], values[rows[i]]);
                }
            }
            case BYTES -> {
                for (int i = 0; i < count; i++) {
                    offer(groups[rows[i]], arg, rows[i]);
                }
            }
        }
    }

    @Override
    void addRun(Register arg, int group, int[] rows, int from, int to, boolean inOrder) {
        if (from == to) {
            return;
        }
        switch (type.physical()) {
            case LONG -> {
                long[] values = arg.longs();
                long best = values[rows[from]];
                if (least) {
                    for (int i = from + 1; i < to; i++) {
                        best = Math.min(best, values[rows[i]]);
                    }
                } else {
                    for (int i = from + 1; i < to; i++) {
                        best = Math.max(best, values[rows[i]]);
                    }
                }
                offer(group, best);
            }
            case DOUBLE -> {
                for (int i = from; i < to; i++) {
                    offer(group, arg.doubles()[rows[i]]);
                }
            }
            case INT128 -> {
                for (int i = from; i < to; i++) {
                    offer(group, arg.longs()[rows[i]], arg.high(rows[i]));
                }
            }
            case BOOL -> {
                for (int i = from; i < to; i++) {
                    offer(group, Bits.get(arg.bits(), rows[i]) ? 1L : 0L);
                }
            }
            case BYTES -> {
                for (int i = from; i < to; i++) {
                    offer(group, arg, rows[i]);
                }
            }
        }
    }

    private void offer(int group, long value) {
        if (!seen[group] || (least ? value < longs[group] : value > longs[group])) {
            longs[group] = value;
            seen[group] = true;
        }
    }

    private void offer(int group, double value) {
        if (!seen[group]) {
            doubles[group] = value;
            seen[group] = true;
            return;
        }
        int order = Double.compare(value, doubles[group]);
        if (least ? order < 0 : order > 0) {
            doubles[group] = value;
        }
    }

    private void offer(int group, long low, long high) {
        if (seen[group]) {
            int order = Long.compare(high, highs[group]);
            order = order != 0 ? order : Long.compareUnsigned(low, longs[group]);
            if (least ? order >= 0 : order <= 0) {
                return;
            }
        }
        longs[group] = low;
        highs[group] = high;
        seen[group] = true;
    }

    private void offer(int group, Register arg, int row) {
        int from = arg.starts()[row];
        int length = arg.lengths()[row];
        byte[] held = texts[group];
        if (seen[group]) {
            int order = Arrays.compareUnsigned(arg.data(), from, from + length, held, 0, held.length);
            if (least ? order >= 0 : order <= 0) {
                return;
            }
        }
        memory.add(length);
        memory.remove(held.length);
        texts[group] = Arrays.copyOfRange(arg.data(), from, from + length);
        seen[group] = true;
    }

    @Override
    void append(ColumnBuilder builder, int group) {
        if (!seen[group]) {
            builder.appendNull();
            return;
        }
        switch (type.physical()) {
            case BOOL -> builder.appendBool(longs[group] != 0);
            case LONG -> builder.appendLong(longs[group]);
            case INT128 -> builder.appendInt128(longs[group], highs[group]);
            case DOUBLE -> builder.appendDouble(doubles[group]);
            case BYTES -> builder.appendBytes(texts[group], 0, texts[group].length);
        }
    }
}
