package dev.aquifer.lake.page;

import static dev.aquifer.lake.page.Cursor.LONG;

import dev.aquifer.lake.format.UnsupportedFormatException;
import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The arrays of a column that is being filled, and of a dictionary. Which ones are used depends on the physical form. */
final class StripeBuffer {
    /** More text than this in one stripe of 65,536 rows is refused: 16 KiB a row. */
    static final int MAX_TEXT = 1 << 30;

    private static final long[] NO_LONGS = {};
    private static final double[] NO_DOUBLES = {};
    private static final byte[] NO_BYTES = {};

    final DataType type;
    final Physical physical;
    final int rows;
    /** Values of LONG, low halves of INT128, bits of BOOL. */
    final long[] longs;

    final long[] high;
    final double[] doubles;
    final int[] offsets;
    byte[] data;
    /** Set bits are rows that are not null; of optional columns only. */
    final long[] validity;

    int nulls;

    /**
     * @param text bytes of text to make room for at first
     * @param memory where its arrays lie, as long or longer; null for its own
     */
    StripeBuffer(DataType type, int rows, boolean optional, int text, @Nullable DecodeMemory memory) {
        this.type = type;
        this.physical = type.physical();
        this.rows = rows;
        // Values are written before they are read, bits of booleans and of validity are set where they were clear.
        DecodeMemory own = memory == null ? new DecodeMemory() : memory;
        this.longs = switch (physical) {
            case BOOL -> new long[Bitmap.words(rows)];
            case LONG, INT128 -> own.longs(rows);
            case DOUBLE, BYTES -> NO_LONGS;
        };
        this.high = physical == Physical.INT128 ? own.high(rows) : NO_LONGS;
        this.doubles = physical == Physical.DOUBLE ? own.doubles(rows) : NO_DOUBLES;
        this.offsets = physical == Physical.BYTES ? own.offsets(rows) : new int[0];
        this.data = physical == Physical.BYTES ? own.text(text) : NO_BYTES;
        this.validity = optional ? new long[Bitmap.words(rows)] : NO_LONGS;
    }

    /** Makes room for {@code more} bytes of text behind the first {@code row} rows. */
    void reserve(int row, long more) {
        long needed = offsets[row] + more + Cursor.PADDING;
        if (needed <= data.length) {
            return;
        }
        checkText(offsets[row] + more, rows);
        data = Arrays.copyOf(data, (int) Math.min(Math.max(data.length * 2L, needed), MAX_TEXT));
    }

    /** Refuses a stripe of more text than devices and results are made for, however little of it the file holds. */
    static void checkText(long bytes, int rows) {
        if (bytes + Cursor.PADDING > MAX_TEXT) {
            throw new UnsupportedFormatException(
                    "it has more than " + (MAX_TEXT >> 20) + " MiB of text in " + rows + " rows");
        }
    }

    /** Appends a value as row {@code row}; {@link #reserve} has made room, and {@code from} is padded. */
    void append(int row, byte[] from, int start, int length) {
        int at = offsets[row];
        if (length <= 8) {
            // A whole word, of which the rest is overwritten by the next value: a call to copy costs more than the
            // bytes.
            LONG.set(data, at, (long) LONG.get(from, start));
        } else {
            System.arraycopy(from, start, data, at, length);
        }
        offsets[row + 1] = at + length;
    }

    /** Appends values of a dictionary: row {@code row + i} becomes the one at {@code codes[at + i]}. */
    void gather(StripeBuffer dictionary, int[] codes, int at, int row, int count) {
        switch (physical) {
            case BOOL -> {
                for (int i = 0; i < count; i++) {
                    if (Bitmap.get(dictionary.longs, codes[at + i])) {
                        Bitmap.set(longs, row + i);
                    }
                }
            }
            case LONG -> gather(dictionary.longs, codes, at, longs, row, count);
            case INT128 -> {
                gather(dictionary.longs, codes, at, longs, row, count);
                gather(dictionary.high, codes, at, high, row, count);
            }
            case DOUBLE -> {
                double[] from = dictionary.doubles;
                for (int i = 0; i < count; i++) {
                    doubles[row + i] = from[codes[at + i]];
                }
            }
            case BYTES -> {
                int[] starts = dictionary.offsets;
                long bytes = 0;
                for (int i = 0; i < count; i++) {
                    bytes += starts[codes[at + i] + 1] - starts[codes[at + i]];
                }
                reserve(row, bytes);
                for (int i = 0; i < count; i++) {
                    int start = starts[codes[at + i]];
                    append(row + i, dictionary.data, start, starts[codes[at + i] + 1] - start);
                }
            }
        }
    }

    private static void gather(long[] from, int[] codes, int at, long[] to, int row, int count) {
        for (int i = 0; i < count; i++) {
            to[row + i] = from[codes[at + i]];
        }
    }

    /**
     * Moves {@code dense} values that were written from {@code row} on to those of the {@code count} rows that are not
     * null. What the arrays held before, of another chunk and perhaps another tenant, is not left at the rows that are.
     */
    void spread(int row, int count, int dense) {
        switch (physical) {
            case LONG -> spread(longs, row, count, dense);
            case INT128 -> {
                spread(longs, row, count, dense);
                spread(high, row, count, dense);
            }
            case DOUBLE -> {
                Arrays.fill(doubles, row + dense, row + count, 0);
                int from = row + dense - 1;
                for (int to = row + count - 1; to > from && from >= row; to--) {
                    if (Bitmap.get(validity, to)) {
                        doubles[to] = doubles[from--];
                    }
                }
            }
            case BYTES -> {
                int value = row + dense;
                for (int to = row + count - 1; to >= row; to--) {
                    offsets[to + 1] = offsets[value];
                    if (Bitmap.get(validity, to)) {
                        value--;
                    }
                }
            }
            case BOOL -> {
                int from = row + dense - 1;
                for (int to = row + count - 1; to >= row; to--) {
                    boolean bit = Bitmap.get(validity, to) && Bitmap.get(longs, from--);
                    if (bit) {
                        Bitmap.set(longs, to);
                    } else {
                        Bitmap.clear(longs, to);
                    }
                }
            }
        }
    }

    private void spread(long[] values, int row, int count, int dense) {
        Arrays.fill(values, row + dense, row + count, 0);
        int from = row + dense - 1;
        for (int to = row + count - 1; to > from && from >= row; to--) {
            if (Bitmap.get(validity, to)) {
                values[to] = values[from--];
            }
        }
    }

    /** The column; the buffer must not be used afterwards. */
    Column build() {
        int text = physical == Physical.BYTES ? offsets[rows] : 0;
        // A little slack is kept; copying costs more.
        boolean slack = data.length - text > Math.max(1024, text / 8);
        return column(slack ? Arrays.copyOf(data, text) : data);
    }

    /** The column, until another buffer takes these arrays. */
    Column lend() {
        return column(data);
    }

    private Column column(byte[] text) {
        long[] valid = nulls == 0 ? null : validity;
        return switch (physical) {
            case BOOL -> new BoolColumn(rows, longs, valid);
            case LONG -> new LongColumn(type, rows, longs, valid);
            case INT128 -> new Int128Column(type, rows, longs, high, valid);
            case DOUBLE -> new DoubleColumn(type, rows, doubles, valid);
            case BYTES -> new BytesColumn(type, rows, text, offsets, valid);
        };
    }
}
