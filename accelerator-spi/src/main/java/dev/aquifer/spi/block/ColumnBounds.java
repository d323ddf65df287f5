package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.batch.StripeColumn;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.Int128;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Bounds and null counts of decoded columns, without boxing a value per row: every hydrated value passes here. */
final class ColumnBounds {
    private ColumnBounds() {}

    static ZoneMap of(BoolColumn column) {
        int nulls = column.nullCount();
        long[] validity = column.validity();
        int trues = 0;
        for (int word = 0; word < Bitmap.words(column.size()); word++) {
            long valid = validity == null ? -1L : validity[word];
            trues += Long.bitCount(column.bits()[word] & valid);
        }
        int values = column.size() - nulls;
        return values == 0
                ? zone(column, nulls, null, null, false)
                : zone(column, nulls, trues == values, trues > 0, false);
    }

    static ZoneMap of(LongColumn column) {
        int nulls = column.nullCount();
        long[] values = column.values();
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        if (nulls == 0) {
            for (int row = 0; row < column.size(); row++) {
                min = Math.min(min, values[row]);
                max = Math.max(max, values[row]);
            }
        } else {
            for (int row = 0; row < column.size(); row++) {
                if (!column.isNull(row)) {
                    min = Math.min(min, values[row]);
                    max = Math.max(max, values[row]);
                }
            }
        }
        return nulls == column.size() ? zone(column, nulls, null, null, false) : zone(column, nulls, min, max, false);
    }

    static ZoneMap of(Int128Column column) {
        return extremes(
                column,
                (left, right) -> compare(column, left, right),
                row -> Int128.toBigInteger(column.low()[row], column.high()[row]));
    }

    static ZoneMap of(BytesColumn column) {
        int nulls = column.nullCount();
        byte[] data = column.data();
        int[] offsets = column.offsets();
        int min = -1;
        int max = -1;
        // Prefixes order as signed numbers: the sign bit is flipped.
        long minPrefix = Long.MAX_VALUE;
        long maxPrefix = Long.MIN_VALUE;
        for (int row = 0; row < column.size(); row++) {
            if (nulls != 0 && column.isNull(row)) {
                continue;
            }
            int from = offsets[row];
            long prefix = BytesPrefix.of(data, from, offsets[row + 1] - from) ^ Long.MIN_VALUE;
            if (prefix <= minPrefix && (prefix < minPrefix || min < 0 || column.compare(row, min) < 0)) {
                min = row;
                minPrefix = prefix;
            }
            if (prefix >= maxPrefix && (prefix > maxPrefix || max < 0 || column.compare(row, max) > 0)) {
                max = row;
                maxPrefix = prefix;
            }
        }
        return min < 0
                ? zone(column, nulls, null, null, false)
                : zone(column, nulls, bytes(column, min), bytes(column, max), false);
    }

    /** Bounds by the order of two rows' values: only the two that are found become objects. */
    private static ZoneMap extremes(Column column, IntBinaryOperator order, IntFunction<Object> value) {
        int nulls = column.nullCount();
        int min = -1;
        int max = -1;
        for (int row = 0; row < column.size(); row++) {
            if (!column.isNull(row)) {
                min = min < 0 || order.applyAsInt(row, min) < 0 ? row : min;
                max = max < 0 || order.applyAsInt(row, max) > 0 ? row : max;
            }
        }
        return min < 0
                ? zone(column, nulls, null, null, false)
                : zone(column, nulls, value.apply(min), value.apply(max), false);
    }

    private static int compare(Int128Column column, int left, int right) {
        int high = Long.compare(column.high()[left], column.high()[right]);
        return high != 0 ? high : Long.compareUnsigned(column.low()[left], column.low()[right]);
    }

    static ZoneMap of(DoubleColumn column) {
        int nulls = column.nullCount();
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        boolean hasNan = false;
        boolean any = false;
        for (int row = 0; row < column.size(); row++) {
            if (column.isNull(row)) {
                continue;
            }
            double value = column.values()[row];
            if (Double.isNaN(value)) {
                hasNan = true;
                continue;
            }
            any = true;
            // Math.min orders -0.0 before 0.0, so the bounds are values of the column to the bit.
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        return any ? zone(column, nulls, min, max, hasNan) : zone(column, nulls, null, null, hasNan);
    }

    static Bytes bytes(BytesColumn column, int row) {
        return Bytes.copyOf(column.data(), column.offsets()[row], column.offsets()[row + 1]);
    }

    /** Of bounds that are values of the column, or null where it has none but NaN. */
    static ZoneMap zone(StripeColumn column, int nulls, @Nullable Object min, @Nullable Object max, boolean hasNan) {
        boolean exact = min != null;
        return new ZoneMap(column.type(), column.size(), nulls, min, max, exact, exact, hasNan);
    }
}
