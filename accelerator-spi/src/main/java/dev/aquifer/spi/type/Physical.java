package dev.aquifer.spi.type;

/** How values of a type are held in a register, a column or a block. */
public enum Physical {
    /** One bit. */
    BOOL,
    /** A signed 64-bit integer: INT8 to INT64, DATE (days), TIMESTAMP (microseconds), DECIMAL up to 18 digits (unscaled). */
    LONG,
    /** A signed 128-bit integer: DECIMAL of 19 to 38 digits (unscaled). */
    INT128,
    /** An IEEE 754 binary64: FLOAT64, and FLOAT32 whose values are always exactly representable in binary32. */
    DOUBLE,
    /** A run of bytes: VARCHAR (UTF-8) and BINARY. */
    BYTES
}
