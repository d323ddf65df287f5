package dev.aquifer.lake.page;

/** How a stored value becomes a physical value of its SQL type. */
public enum Conversion {
    /** It already is one. */
    NONE,
    /** An integer that must be in the bounds of {@link ColumnLayout}. */
    BOUNDED,
    /** 32 bits without a sign. */
    UNSIGNED_INT,
    /** 64 bits without a sign, to INT128. */
    UNSIGNED_LONG,
    /** 64 bits with a sign, to INT128. */
    SIGNED_LONG,
    /** Milliseconds to microseconds. */
    MILLIS,
    /** Nanoseconds to microseconds, rounded towards the past. */
    NANOS,
    /** Nanoseconds of a day and a Julian day, in 12 bytes. */
    INT96,
    /** A big-endian two's complement number. */
    DECIMAL,
    /** An IEEE 754 binary16. */
    FLOAT16,
    /** UTF-8, which is checked. */
    TEXT
}
