package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Bits;
import dev.aquifer.cpu.vector.ColumnReader;
import dev.aquifer.cpu.vector.EqualCells;
import dev.aquifer.cpu.vector.Frame;
import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import java.util.Arrays;

/**
 * One key of the groups, as words of 64 bits in which equal keys are equal: texts by number, -0.0 as 0.0, every NaN the same. Where a
 * stripe has few values of it, also as a small number, whatever the words are.
 */
final class KeyColumn {
    private enum Small {
        NO,
        CODE,
        OFFSET,
        BIT
    }

    private final int register;
    private final DataType type;
    private final TextTable texts;
    private Small small = Small.NO;
    private int domain;
    private boolean nullable;
    /** The packed code of the small number 0, where the numbers are packed codes in their order; else negative. */
    private long firstCode = -1;

    KeyColumn(int register, DataType type, MemoryReservation memory) {
        this.register = register;
        this.type = type;
        this.texts = new TextTable(memory);
    }

    Register values(Frame frame) {
        return frame.get(register);
    }

    /** The bounds of its values during the stripe that the frame is at. */
    Register bounds(Frame frame) {
        return frame.bounds(register);
    }

    int words() {
        return type.physical() == Physical.INT128 ? 2 : 1;
    }

    /** How many small numbers the stripe needs, at most {@code most}, or 0 where there are too many values. */
    int smallDomain(Frame frame, int most) {
        small = Small.NO;
        long values = 0;
        ColumnReader column = frame.loaded(register);
        Register bounds = frame.bounds(register);
        nullable = column == null || column.nulls() != 0;
        if (type.physical() == Physical.BOOL) {
            small = Small.BIT;
            values = 2;
        } else if (column != null && column.coded() && column.distinctCount() < most) {
            small = Small.CODE;
            values = column.distinctCount();
        } else if (type.physical() == Physical.LONG
                && bounds.max() - bounds.min() >= 0
                && bounds.max() - bounds.min() < most) {
            small = Small.OFFSET;
            values = bounds.max() - bounds.min() + 1;
        }
        domain = (int) values + (nullable ? 1 : 0);
        firstCode = column == null || values == 0
                ? -1
                : switch (small) {
                    case CODE -> column.firstCode();
                    case OFFSET -> column.codeOf(bounds.min());
                    case BIT, NO -> -1;
                };
        return small == Small.NO || domain > most ? 0 : domain;
    }

    /** How many small numbers there are, with that of null. */
    int domain() {
        return domain;
    }

    /**
     * Takes rows apart by small number.
     *
     * @param numbers room for a number by row
     * @param rowsOf by small number; each gets the bits of the selected rows that have it
     */
    void split(Frame frame, long[] selection, int[] numbers, long[][] rowsOf) {
        ColumnReader column = frame.loaded(register);
        if (firstCode >= 0 && column != null && frame.selected() == null) {
            splitPacked(column, frame.vector(), selection, rowsOf);
            return;
        }
        Arrays.fill(numbers, 0);
        addCells(frame, 1, numbers);
        for (int number = 0; number < domain; number++) {
            int _ = EqualCells.find(numbers, number, selection, rowsOf[number]);
        }
    }

    /** The packed codes are compared where they lie; the last number has the rows that no other one has. */
    private void splitPacked(ColumnReader column, int vector, long[] selection, long[][] rowsOf) {
        int last = nullable ? domain - 2 : domain - 1;
        long[] rest = rowsOf[last];
        System.arraycopy(selection, 0, rest, 0, Bits.WORDS);
        if (nullable) {
            column.andValid(vector, rest);
            Bits.andNot(selection, rest, rowsOf[domain - 1]);
        }
        for (int number = 0; number < last; number++) {
            long[] rows = rowsOf[number];
            System.arraycopy(rest, 0, rows, 0, Bits.WORDS);
            column.andCodeRange(vector, firstCode + number, firstCode + number, rows);
            Bits.andNot(rest, rows, rest);
        }
    }

    /** Adds the row's small number, times {@code stride}, to the cell of each of the frame's rows, whether it passed or not. */
    void addCells(Frame frame, int stride, int[] cells) {
        int rows = frame.rows();
        switch (small) {
            case CODE -> codes(frame, rows, stride, cells);
            case OFFSET -> {
                long[] longs = frame.get(register).longs();
                long min = frame.bounds(register).min();
                for (int row = 0; row < rows; row++) {
                    cells[row] += (int) (longs[row] - min) * stride;
                }
            }
            case BIT -> {
                long[] bits = frame.get(register).bits();
                for (int row = 0; row < rows; row++) {
                    cells[row] += (int) (bits[row >>> 6] >>> row & 1) * stride;
                }
            }
            case NO -> throw new IllegalStateException("the key has no small numbers");
        }
        if (nullable) {
            nullCells(frame.get(register), rows, stride, cells);
        }
    }

    private void codes(Frame frame, int rows, int stride, int[] cells) {
        ColumnReader column = frame.loaded(register);
        if (column == null) {
            throw new IllegalStateException("no column");
        }
        int[] codes = column.codes(frame);
        for (int row = 0; row < rows; row++) {
            cells[row] += codes[row] * stride;
        }
    }

    /** A null has the last number; its value's, whatever that is, is taken off again. */
    private void nullCells(Register values, int rows, int stride, int[] cells) {
        if (!values.hasNulls()) {
            return;
        }
        for (int row = 0; row < rows; row++) {
            if (values.isNull(row)) {
                cells[row] = cells[row] % stride + (domain - 1) * stride;
            }
        }
    }

    /**
     * Writes the words of the keys of some rows; those of a null are zero.
     *
     * @param key by word, then by row, from word {@code at} on
     * @param nulls by row; gets the bit {@code mark} where the key is null
     */
    void words(Frame frame, RowNumbers numbers, long[][] key, int at, long[] nulls, long mark) {
        Register values = frame.get(register);
        int[] rows = numbers.rows();
        int count = numbers.count();
        long[] target = key[at];
        switch (type.physical()) {
            case BOOL -> {
                for (int i = 0; i < count; i++) {
                    target[rows[i]] = values.bits()[rows[i] >>> 6] >>> rows[i] & 1;
                }
            }
            case LONG -> {
                for (int i = 0; i < count; i++) {
                    target[rows[i]] = values.longs()[rows[i]];
                }
            }
            case INT128 -> {
                for (int i = 0; i < count; i++) {
                    target[rows[i]] = values.longs()[rows[i]];
                    key[at + 1][rows[i]] = values.high(rows[i]);
                }
            }
            case DOUBLE -> {
                for (int i = 0; i < count; i++) {
                    target[rows[i]] = Double.doubleToLongBits(values.doubles()[rows[i]] + 0.0);
                }
            }
            case BYTES -> {
                for (int i = 0; i < count; i++) {
                    int row = rows[i];
                    target[row] = values.isNull(row)
                            ? 0
                            : texts.numberOf(values.data(), values.starts()[row], values.lengths()[row]);
                }
            }
        }
        if (values.hasNulls()) {
            nullWords(values, rows, count, key, at, nulls, mark);
        }
    }

    private void nullWords(Register values, int[] rows, int count, long[][] key, int at, long[] nulls, long mark) {
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (values.isNull(row)) {
                nulls[row] |= mark;
                for (int word = 0; word < words(); word++) {
                    key[at + word][row] = 0;
                }
            }
        }
    }

    /** Whether the key is a LONG, whose values are its words. */
    boolean isLong() {
        return type.physical() == Physical.LONG;
    }

    /** The word that another's word is here. */
    long adopt(KeyColumn other, long word) {
        if (type.physical() != Physical.BYTES) {
            return word;
        }
        int number = (int) word;
        return texts.numberOf(other.texts.chunk(number), other.texts.start(number), other.texts.length(number));
    }

    /** Compares two keys by their words, as SQL does. */
    int compare(long leftLow, long leftHigh, long rightLow, long rightHigh) {
        return switch (type.physical()) {
            case BOOL, LONG -> Long.compare(leftLow, rightLow);
            case INT128 -> ValueSlots.compareWide(leftLow, leftHigh, rightLow, rightHigh);
            case DOUBLE -> Double.compare(Double.longBitsToDouble(leftLow), Double.longBitsToDouble(rightLow));
            case BYTES -> {
                int left = (int) leftLow;
                int right = (int) rightLow;
                yield Arrays.compareUnsigned(
                        texts.chunk(left),
                        texts.start(left),
                        texts.start(left) + texts.length(left),
                        texts.chunk(right),
                        texts.start(right),
                        texts.start(right) + texts.length(right));
            }
        };
    }

    void append(ColumnBuilder builder, long low, long high) {
        switch (type.physical()) {
            case BOOL -> builder.appendBool(low != 0);
            case LONG -> builder.appendLong(low);
            case INT128 -> builder.appendInt128(low, high);
            case DOUBLE -> builder.appendDouble(Double.longBitsToDouble(low));
            case BYTES -> {
                int number = (int) low;
                builder.appendBytes(texts.chunk(number), texts.start(number), texts.length(number));
            }
        }
    }
}
