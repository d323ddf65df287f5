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

    /** What is known of the rows of this run and another one, of the same type, together. */
    public ZoneMap plus(ZoneMap other) {
        if (!type.equals(other.type)) {
            throw new IllegalArgumentException("zone maps of " + type + " and " + other.type);
        }
        long allRows = rows + other.rows;
        long allNulls = nullCount < 0 || other.nullCount < 0 ? -1 : nullCount + other.nullCount;
        boolean anyNan = hasNan || other.hasNan;
        if (allNull() || other.allNull()) {
            ZoneMap bounds = allNull() ? other : this;
            return new ZoneMap(
                    type, allRows, allNulls, bounds.min, bounds.max, bounds.minExact, bounds.maxExact, anyNan);
        }
        if (min == null || max == null || other.min == null || other.max == null) {
            return new ZoneMap(type, allRows, allNulls, null, null, false, false, anyNan);
        }
        int mins = ZoneMaps.compare(min, other.min);
        int maxes = ZoneMaps.compare(max, other.max);
        return new ZoneMap(
                type,
                allRows,
                allNulls,
                mins <= 0 ? min : other.min,
                maxes >= 0 ? max : other.max,
                mins <= 0 && minExact || mins >= 0 && other.minExact,
                maxes >= 0 && maxExact || maxes <= 0 && other.maxExact,
                anyNan);
    }

    /**
     * The least of the values, or null where it is not known or there is none. The bounds of floats leave NaN and the sign of zero
     * open, and those of texts may be cut.
     */
    public @Nullable Object least() {
        return minExact && !(min instanceof Double) ? min : null;
    }

    /** The greatest of the values, as {@link #least}. */
    public @Nullable Object greatest() {
        return maxExact && !(max instanceof Double) ? max : null;
    }

    public boolean allNull() {
        return nullCount == rows;
    }

    public boolean mayHaveNulls() {
        return nullCount != 0;
    }
}
