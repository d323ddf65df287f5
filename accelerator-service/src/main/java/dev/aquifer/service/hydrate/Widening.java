package dev.aquifer.service.hydrate;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import dev.aquifer.spi.type.TypeKind;

/**
 * A file's column as the wider type that the table has: integers to longer ones, FLOAT32 to FLOAT64, DECIMAL to more digits
 * of the same scale. Nothing else is lossless for every value.
 */
final class Widening {
    private Widening() {}

    static boolean possible(DataType from, DataType to) {
        if (from.equals(to)) {
            return true;
        }
        if (from.isInteger() && to.isInteger()) {
            return from.minLong() >= to.minLong() && from.maxLong() <= to.maxLong();
        }
        if (from.isDecimal() && to.isDecimal()) {
            return from.scale() == to.scale() && from.precision() <= to.precision();
        }
        return from.kind() == TypeKind.FLOAT32 && to.kind() == TypeKind.FLOAT64;
    }

    /** The same values; only for types where {@link #possible} holds. */
    static Column widen(Column column, DataType to) {
        if (column.type().equals(to)) {
            return column;
        }
        return switch (column) {
            case LongColumn longs
            when to.physical() == Physical.LONG -> new LongColumn(to, longs.size(), longs.values(), longs.validity());
            case LongColumn longs -> wide(longs, to);
            case Int128Column wide -> new Int128Column(to, wide.size(), wide.low(), wide.high(), wide.validity());
            case DoubleColumn doubles -> new DoubleColumn(to, doubles.size(), doubles.values(), doubles.validity());
            default -> throw new IllegalArgumentException(column.type() + " does not widen to " + to);
        };
    }

    private static Column wide(LongColumn longs, DataType to) {
        ColumnBuilder builder = new ColumnBuilder(to, longs.size());
        for (int row = 0; row < longs.size(); row++) {
            if (longs.isNull(row)) {
                builder.appendNull();
            } else {
                long value = longs.values()[row];
                builder.appendInt128(value, value >> 63);
            }
        }
        return builder.build();
    }
}
