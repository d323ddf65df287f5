package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Grows an output column by rows of registers, a vector at a time. */
final class ColumnAppender {
    private static final int FIRST_ROWS = 1024;

    private final DataType type;
    private final MemoryReservation memory;
    private int size;
    private int capacity;
    private boolean hasNulls;
    /** Which rows are null; no bitmap as long as none is. */
    private long[] nulls = new long[0];

    private long[] longs = new long[0];
    private long[] highs = new long[0];
    private double[] doubles = new double[0];
    private int[] offsets = {0};
    private byte[] data = new byte[0];

    ColumnAppender(DataType type, MemoryReservation memory) {
        this.type = type;
        this.memory = memory;
    }

    void append(Register source, RowNumbers numbers) {
        int count = numbers.count();
        reserve(count);
        int[] rows = numbers.rows();
        nulls(source, rows, count);
        switch (source.physical()) {
            case BOOL -> {
                for (int i = 0; i < count; i++) {
                    if (Bitmap.get(source.bits(), rows[i])) {
                        Bitmap.set(longs, size + i);
                    }
                }
            }
            case LONG -> gather(source.longs(), numbers);
            case INT128 -> {
                gather(source.longs(), numbers);
                for (int i = 0; i < count; i++) {
                    highs[size + i] = source.high(rows[i]);
                }
            }
            case DOUBLE -> {
                double[] values = source.doubles();
                for (int i = 0; i < count; i++) {
                    doubles[size + i] = values[rows[i]];
                }
            }
            case BYTES -> bytes(source, rows, count);
        }
        size += count;
    }

    private void gather(long[] values, RowNumbers numbers) {
        int count = numbers.count();
        if (numbers.inOrder()) {
            System.arraycopy(values, 0, longs, size, count);
            return;
        }
        int[] rows = numbers.rows();
        for (int i = 0; i < count; i++) {
            longs[size + i] = values[rows[i]];
        }
    }

    private void nulls(Register source, int[] rows, int count) {
        if (!source.hasNulls()) {
            return;
        }
        if (nulls.length < Bitmap.words(capacity)) {
            nulls = Arrays.copyOf(nulls, Bitmap.words(capacity));
        }
        for (int i = 0; i < count; i++) {
            if (source.isNull(rows[i])) {
                Bitmap.set(nulls, size + i);
                hasNulls = true;
            }
        }
    }

    /** The validity bitmap of the rows so far, or null where none is null. */
    private long @Nullable [] valid() {
        if (!hasNulls) {
            return null;
        }
        long[] valid = Bitmap.ones(size);
        for (int word = 0; word < Math.min(valid.length, nulls.length); word++) {
            valid[word] &= ~nulls[word];
        }
        return valid;
    }

    private void bytes(Register source, int[] rows, int count) {
        long length = 0;
        for (int i = 0; i < count; i++) {
            length += source.isNull(rows[i]) ? 0 : source.lengths()[rows[i]];
        }
        int end = offsets[size];
        reserveData(end, length);
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (!source.isNull(row)) {
                System.arraycopy(source.data(), source.starts()[row], data, end, source.lengths()[row]);
                end += source.lengths()[row];
            }
            offsets[size + i + 1] = end;
        }
    }

    private void reserveData(int end, long more) {
        if (more <= data.length - end) {
            return;
        }
        long wanted = Math.max(2L * data.length, end + more);
        if (end + more > Integer.MAX_VALUE - 16) {
            throw new AquiferException(
                    ErrorCode.MEMORY_EXCEEDED, "a column of one batch holds more than 2 GiB of text");
        }
        wanted = Math.min(wanted, Integer.MAX_VALUE - 16);
        memory.add(wanted - data.length);
        data = Arrays.copyOf(data, (int) wanted);
    }

    private void reserve(int more) {
        if (size + more <= capacity) {
            return;
        }
        int grown = Math.max(FIRST_ROWS, Math.max(2 * capacity, size + more));
        memory.add((long) (grown - capacity) * rowBytes());
        switch (type.physical()) {
            case BOOL -> longs = Arrays.copyOf(longs, Bitmap.words(grown));
            case LONG -> longs = Arrays.copyOf(longs, grown);
            case INT128 -> {
                longs = Arrays.copyOf(longs, grown);
                highs = Arrays.copyOf(highs, grown);
            }
            case DOUBLE -> doubles = Arrays.copyOf(doubles, grown);
            case BYTES -> offsets = Arrays.copyOf(offsets, grown + 1);
        }
        capacity = grown;
    }

    private int rowBytes() {
        return switch (type.physical()) {
            case BOOL -> 1;
            case LONG, DOUBLE -> 9;
            case INT128 -> 17;
            case BYTES -> 5;
        };
    }

    /** The column so far; the appender must not be used afterwards. */
    Column build() {
        long[] valid = valid();
        return switch (type.physical()) {
            case BOOL -> new BoolColumn(size, Arrays.copyOf(longs, Bitmap.words(size)), valid);
            case LONG -> new LongColumn(type, size, longs, valid);
            case INT128 -> new Int128Column(type, size, longs, highs, valid);
            case DOUBLE -> new DoubleColumn(type, size, doubles, valid);
            case BYTES -> new BytesColumn(type, size, data, offsets, valid);
        };
    }
}
