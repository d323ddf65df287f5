package dev.aquifer.spi.block;

import dev.aquifer.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run of values without reading them. Bounds are boxed physical values and are in the order of
 * their SQL type; NaN, the greatest float, is left out of the bounds and told by {@code hasNan}.
 *
 * @param type the type of the values
 * @param rows rows covered
 * @param nullCount null rows, or -1 where it is not known (a file without statistics)
 * @param min a lower bound of the values that are neither null nor NaN, or null where none is known or there are none
 * @param max an upper bound, known if and only if {@code min} is
 * @param minExact whether {@code min} is itself one of the values
 * @param maxExact whether {@code max} is itself one of the values
 * @param hasNan whether a value may be NaN
 */
public record ZoneMap(
        DataType type,
        long rows,
        long nullCount,
        @Nullable Object min,
        @Nullable Object max,
        boolean minExact,
        boolean maxExact,
        boolean hasNan) {
    public ZoneMap {
        if ((min == null) != (max == null)) {
            throw new IllegalArgumentException("a zone map has both bounds or none: " + min + ", " + max);
        }
    }

    /** Nothing known but the number of rows. */
    public static ZoneMap unknown(DataType type, long rows) {
        return new ZoneMap(type, rows, -1, null, null, false, false, true);
    }

    public boolean allNull() {
        return nullCount == rows;
    }

    public boolean mayHaveNulls() {
        return nullCount != 0;
    }
}
