package dev.aquifer.lake.format;

import org.jspecify.annotations.Nullable;

/** The physical types of Parquet, in the order of their numbers. */
public enum PhysicalType {
    BOOLEAN,
    INT32,
    INT64,
    INT96,
    FLOAT,
    DOUBLE,
    BYTE_ARRAY,
    FIXED_LEN_BYTE_ARRAY;

    private static final PhysicalType[] VALUES = values();

    /** The type of a number, or null where there is none. */
    public static @Nullable PhysicalType of(int number) {
        return number < 0 || number >= VALUES.length ? null : VALUES[number];
    }
}
