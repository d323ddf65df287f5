package dev.aquifer.engine.sql;

import dev.aquifer.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/** How numbers of different types meet. */
public final class NumericTypes {
    private NumericTypes() {}

    /** The DECIMAL that holds every value of an integer or decimal type, or null for all other types. */
    public static @Nullable DataType asDecimal(DataType type) {
        return switch (type.kind()) {
            case INT8 -> DataType.decimal(3, 0);
            case INT16 -> DataType.decimal(5, 0);
            case INT32 -> DataType.decimal(10, 0);
            case INT64 -> DataType.decimal(19, 0);
            case DECIMAL -> type;
            case BOOLEAN, FLOAT32, FLOAT64, DATE, TIMESTAMP, VARCHAR, BINARY -> null;
        };
    }

    /**
     * The type in which values of two types are compared, or null where they cannot be. Digits after the point are kept;
     * where 38 digits are not enough, digits before it go, and a value that needs them is an error when it is met.
     */
    public static @Nullable DataType common(DataType left, DataType right) {
        if (left.equals(right)) {
            return left;
        }
        if (left.isNumeric() && right.isNumeric()) {
            if (left.isFloat() || right.isFloat()) {
                return DataType.FLOAT64;
            }
            if (left.isInteger() && right.isInteger()) {
                return left.kind().compareTo(right.kind()) >= 0 ? left : right;
            }
            DataType l = asDecimal(left);
            DataType r = asDecimal(right);
            if (l == null || r == null) {
                return null;
            }
            int scale = Math.max(l.scale(), r.scale());
            int whole = Math.max(l.precision() - l.scale(), r.precision() - r.scale());
            return DataType.decimal(Math.min(DataType.MAX_PRECISION, Math.max(1, whole + scale)), scale);
        }
        boolean times = isTime(left) && isTime(right);
        return times ? DataType.TIMESTAMP : null;
    }

    private static boolean isTime(DataType type) {
        return type.equals(DataType.DATE) || type.equals(DataType.TIMESTAMP);
    }
}
