package dev.aquifer.service.schedule;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some rows of a batch, copied in bulk. */
public final class BatchSlice {
    private BatchSlice() {}

    /**
     * Rows {@code from} to {@code to} of a batch.
     *
     * @param from a multiple of 64, where words of bitmaps begin
     */
    public static Batch of(Batch batch, int from, int to) {
        if ((from & 63) != 0 || from > to || to > batch.rows()) {
            throw new IllegalArgumentException("rows " + from + " to " + to + " of " + batch.rows());
        }
        if (from == 0 && to == batch.rows()) {
            return batch;
        }
        List<Column> columns =
                batch.columns().stream().map(column -> of(column, from, to)).toList();
        return new Batch(to - from, columns);
    }

    private static Column of(Column column, int from, int to) {
        int rows = to - from;
        long[] validity = bits(column.validity(), from, to);
        return switch (column) {
            case BoolColumn bools -> {
                long[] bits = bits(bools.bits(), from, to);
                yield new BoolColumn(rows, bits == null ? new long[0] : bits, validity);
            }
            case LongColumn longs ->
                new LongColumn(longs.type(), rows, Arrays.copyOfRange(longs.values(), from, to), validity);
            case Int128Column wide ->
                new Int128Column(
                        wide.type(),
                        rows,
                        Arrays.copyOfRange(wide.low(), from, to),
                        Arrays.copyOfRange(wide.high(), from, to),
                        validity);
            case DoubleColumn doubles ->
                new DoubleColumn(doubles.type(), rows, Arrays.copyOfRange(doubles.values(), from, to), validity);
            case BytesColumn bytes -> {
                int[] offsets = Arrays.copyOfRange(bytes.offsets(), from, to + 1);
                int start = offsets[0];
                byte[] data = Arrays.copyOfRange(bytes.data(), start, offsets[rows]);
                for (int i = 0; i <= rows; i++) {
                    offsets[i] -= start;
                }
                yield new BytesColumn(bytes.type(), rows, data, offsets, validity);
            }
        };
    }

    private static long @Nullable [] bits(long @Nullable [] bitmap, int from, int to) {
        if (bitmap == null) {
            return null;
        }
        int rows = to - from;
        long[] bits = Arrays.copyOfRange(bitmap, from >>> 6, (from >>> 6) + Bitmap.words(rows));
        if ((rows & 63) != 0) {
            // Bits past the last row are zero.
            bits[bits.length - 1] &= -1L >>> -rows;
        }
        return bits;
    }
}
