package dev.aquifer.protocol.arrow;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** {@link DataType} as Arrow type. */
final class ArrowTypes {
    /** Bits of the decimals that are used. */
    private static final int DECIMAL_BITS = 128;

    private ArrowTypes() {}

    static ArrowType write(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case INT8 -> new ArrowType.Int(Byte.SIZE, true);
            case INT16 -> new ArrowType.Int(Short.SIZE, true);
            case INT32 -> new ArrowType.Int(Integer.SIZE, true);
            case INT64 -> new ArrowType.Int(Long.SIZE, true);
            case DECIMAL -> new ArrowType.Decimal(type.precision(), type.scale(), DECIMAL_BITS);
            case FLOAT32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case VARCHAR -> ArrowType.Utf8.INSTANCE;
            case BINARY -> ArrowType.Binary.INSTANCE;
        };
    }

    /** @throws AquiferException UNSUPPORTED where Aquifer has no such type */
    static DataType read(ArrowType type) {
        return switch (type) {
            case ArrowType.Bool bool -> DataType.BOOLEAN;
            case ArrowType.Int integer
            when integer.getIsSigned() ->
                switch (integer.getBitWidth()) {
                    case Byte.SIZE -> DataType.INT8;
                    case Short.SIZE -> DataType.INT16;
                    case Integer.SIZE -> DataType.INT32;
                    case Long.SIZE -> DataType.INT64;
                    default -> throw unsupported(type);
                };
            case ArrowType.Decimal decimal
            when decimal.getBitWidth() == DECIMAL_BITS -> DataType.decimal(decimal.getPrecision(), decimal.getScale());
            case ArrowType.FloatingPoint number
            when number.getPrecision() == FloatingPointPrecision.SINGLE -> DataType.FLOAT32;
            case ArrowType.FloatingPoint number
            when number.getPrecision() == FloatingPointPrecision.DOUBLE -> DataType.FLOAT64;
            case ArrowType.Date date when date.getUnit() == DateUnit.DAY -> DataType.DATE;
            case ArrowType.Timestamp timestamp
            when timestamp.getUnit() == TimeUnit.MICROSECOND && timestamp.getTimezone() == null -> DataType.TIMESTAMP;
            case ArrowType.Utf8 text -> DataType.VARCHAR;
            case ArrowType.Binary bytes -> DataType.BINARY;
            default -> throw unsupported(type);
        };
    }

    private static AquiferException unsupported(ArrowType type) {
        return new AquiferException(ErrorCode.UNSUPPORTED, "the Arrow type " + type + " is not supported");
    }
}
