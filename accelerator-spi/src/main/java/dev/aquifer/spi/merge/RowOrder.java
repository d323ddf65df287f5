package dev.aquifer.spi.merge;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.block.ZoneMaps;
import dev.aquifer.spi.fragment.SortKey;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of rows by sort keys. Floats: NaN is the greatest, -0.0 equals 0.0. Text: by bytes. Nulls are where the key
 * says, whichever its direction.
 */
public final class RowOrder {
    private final List<SortKey> keys;

    public RowOrder(List<SortKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Orders rows of boxed physical values. */
    public Comparator<List<? extends @Nullable Object>> boxed() {
        return (left, right) -> {
            for (SortKey key : keys) {
                int order = compare(key, left.get(key.column()), right.get(key.column()));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    private static int compare(SortKey key, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return nulls(key, left == null, right == null);
        }
        int order = ZoneMaps.compare(left, right);
        return key.descending() ? -order : order;
    }

    /** Orders two rows of two batches of equal types. */
    public int compare(Batch left, int leftRow, Batch right, int rightRow) {
        for (SortKey key : keys) {
            Column leftColumn = left.column(key.column());
            Column rightColumn = right.column(key.column());
            boolean leftNull = leftColumn.isNull(leftRow);
            boolean rightNull = rightColumn.isNull(rightRow);
            int order;
            if (leftNull || rightNull) {
                order = nulls(key, leftNull, rightNull);
            } else {
                order = compare(leftColumn, leftRow, rightColumn, rightRow);
                order = key.descending() ? -order : order;
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int nulls(SortKey key, boolean left, boolean right) {
        if (left == right) {
            return 0;
        }
        return left == key.nullsFirst() ? -1 : 1;
    }

    /** Compares two values that are not null, of columns of equal type, in the order of SQL; -1, 0 or 1. */
    public static int compare(Column left, int leftRow, Column right, int rightRow) {
        int order = switch (left) {
            case BoolColumn column ->
                Boolean.compare(Bitmap.get(column.bits(), leftRow), Bitmap.get(((BoolColumn) right).bits(), rightRow));
            case LongColumn column -> Long.compare(column.values()[leftRow], ((LongColumn) right).values()[rightRow]);
            case Int128Column column -> {
                Int128Column other = (Int128Column) right;
                int high = Long.compare(column.high()[leftRow], other.high()[rightRow]);
                yield high != 0 ? high : Long.compareUnsigned(column.low()[leftRow], other.low()[rightRow]);
            }
            // Adding 0.0 makes -0.0 and 0.0 one.
            case DoubleColumn column ->
                Double.compare(column.values()[leftRow] + 0.0, ((DoubleColumn) right).values()[rightRow] + 0.0);
            case BytesColumn column -> {
                BytesColumn other = (BytesColumn) right;
                yield Arrays.compareUnsigned(
                        column.data(),
                        column.offsets()[leftRow],
                        column.offsets()[leftRow + 1],
                        other.data(),
                        other.offsets()[rightRow],
                        other.offsets()[rightRow + 1]);
            }
        };
        return Integer.signum(order);
    }
}
