package dev.aquifer.spi.type;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.math.BigInteger;

/**
 * A SQL type. Nullability is not part of it: every value may be null.
 *
 * @param kind the SQL type
 * @param precision total digits, 1 to 38, of a DECIMAL; 0 for every other kind
 * @param scale digits after the point, 0 to precision, of a DECIMAL; 0 for every other kind
 */
public record DataType(TypeKind kind, int precision, int scale) {
    /** The most digits a DECIMAL can have. */
    public static final int MAX_PRECISION = 38;
    /** The most digits for which a DECIMAL is held in 64 bits. */
    public static final int MAX_LONG_PRECISION = 18;

    public static final DataType BOOLEAN = new DataType(TypeKind.BOOLEAN, 0, 0);
    public static final DataType INT8 = new DataType(TypeKind.INT8, 0, 0);
    public static final DataType INT16 = new DataType(TypeKind.INT16, 0, 0);
    public static final DataType INT32 = new DataType(TypeKind.INT32, 0, 0);
    public static final DataType INT64 = new DataType(TypeKind.INT64, 0, 0);
    public static final DataType FLOAT32 = new DataType(TypeKind.FLOAT32, 0, 0);
    public static final DataType FLOAT64 = new DataType(TypeKind.FLOAT64, 0, 0);
    /** Days since 1970-01-01 in the proleptic Gregorian calendar. */
    public static final DataType DATE = new DataType(TypeKind.DATE, 0, 0);
    /** Microseconds since 1970-01-01 00:00:00, no zone. */
    public static final DataType TIMESTAMP = new DataType(TypeKind.TIMESTAMP, 0, 0);

    public static final DataType VARCHAR = new DataType(TypeKind.VARCHAR, 0, 0);
    public static final DataType BINARY = new DataType(TypeKind.BINARY, 0, 0);

    public DataType {
        if (kind == TypeKind.DECIMAL) {
            if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
                throw new AquiferException(
                        ErrorCode.TYPE_MISMATCH,
                        "DECIMAL(" + precision + "," + scale + ") is not a type: precision must be 1 to 38 and scale 0"
                                + " to precision");
            }
        } else if (precision != 0 || scale != 0) {
            throw new IllegalArgumentException(kind + " takes no precision or scale: " + precision + "," + scale);
        }
    }

    public static DataType decimal(int precision, int scale) {
        return new DataType(TypeKind.DECIMAL, precision, scale);
    }

    public Physical physical() {
        return switch (kind) {
            case BOOLEAN -> Physical.BOOL;
            case INT8, INT16, INT32, INT64, DATE, TIMESTAMP -> Physical.LONG;
            case DECIMAL -> precision <= MAX_LONG_PRECISION ? Physical.LONG : Physical.INT128;
            case FLOAT32, FLOAT64 -> Physical.DOUBLE;
            case VARCHAR, BINARY -> Physical.BYTES;
        };
    }

    public boolean isInteger() {
        return switch (kind) {
            case INT8, INT16, INT32, INT64 -> true;
            case BOOLEAN, DECIMAL, FLOAT32, FLOAT64, DATE, TIMESTAMP, VARCHAR, BINARY -> false;
        };
    }

    public boolean isDecimal() {
        return kind == TypeKind.DECIMAL;
    }

    public boolean isFloat() {
        return kind == TypeKind.FLOAT32 || kind == TypeKind.FLOAT64;
    }

    public boolean isNumeric() {
        return isInteger() || isDecimal() || isFloat();
    }

    /**
     * The smallest value of a type whose physical form is {@link Physical#LONG}. Results of arithmetic outside of
     * [{@link #minLong()}, {@link #maxLong()}] are an {@link ErrorCode#OUT_OF_RANGE}.
     */
    public long minLong() {
        return switch (kind) {
            case INT8 -> Byte.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case INT32, DATE -> Integer.MIN_VALUE;
            case INT64, TIMESTAMP -> Long.MIN_VALUE;
            case DECIMAL -> -maxLong();
            case BOOLEAN, FLOAT32, FLOAT64, VARCHAR, BINARY -> throw new IllegalStateException(this + " is not LONG");
        };
    }

    /** The largest value of a type whose physical form is {@link Physical#LONG}. */
    public long maxLong() {
        return switch (kind) {
            case INT8 -> Byte.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case INT32, DATE -> Integer.MAX_VALUE;
            case INT64, TIMESTAMP -> Long.MAX_VALUE;
            case DECIMAL -> {
                if (precision > MAX_LONG_PRECISION) {
                    throw new IllegalStateException(this + " is not LONG");
                }
                yield PowersOfTen.asLong(precision) - 1;
            }
            case BOOLEAN, FLOAT32, FLOAT64, VARCHAR, BINARY -> throw new IllegalStateException(this + " is not LONG");
        };
    }

    /** The largest unscaled magnitude of a DECIMAL: ten to the precision, less one. */
    public BigInteger maxUnscaled() {
        if (kind != TypeKind.DECIMAL) {
            throw new IllegalStateException(this + " is not DECIMAL");
        }
        return PowersOfTen.asBigInteger(precision).subtract(BigInteger.ONE);
    }

    @Override
    public String toString() {
        return kind == TypeKind.DECIMAL ? "DECIMAL(" + precision + "," + scale + ")" : kind.name();
    }
}
