package dev.aquifer.protocol.substrait;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import io.substrait.proto.Type;
import java.util.List;
import java.util.stream.Collectors;

/** {@link DataType} as Substrait type. Every type is nullable, as in Aquifer; nullability that comes in is not looked at. */
final class PlanTypes {
    /** Digits of a second's fraction: microseconds. */
    static final int TIMESTAMP_PRECISION = 6;

    private static final Type.Nullability NULLABLE = Type.Nullability.NULLABILITY_NULLABLE;

    private PlanTypes() {}

    static Type write(DataType type) {
        Type.Builder out = Type.newBuilder();
        switch (type.kind()) {
            case BOOLEAN -> out.setBool(Type.Boolean.newBuilder().setNullability(NULLABLE));
            case INT8 -> out.setI8(Type.I8.newBuilder().setNullability(NULLABLE));
            case INT16 -> out.setI16(Type.I16.newBuilder().setNullability(NULLABLE));
            case INT32 -> out.setI32(Type.I32.newBuilder().setNullability(NULLABLE));
            case INT64 -> out.setI64(Type.I64.newBuilder().setNullability(NULLABLE));
            case DECIMAL ->
                out.setDecimal(Type.Decimal.newBuilder()
                        .setPrecision(type.precision())
                        .setScale(type.scale())
                        .setNullability(NULLABLE));
            case FLOAT32 -> out.setFp32(Type.FP32.newBuilder().setNullability(NULLABLE));
            case FLOAT64 -> out.setFp64(Type.FP64.newBuilder().setNullability(NULLABLE));
            case DATE -> out.setDate(Type.Date.newBuilder().setNullability(NULLABLE));
            case TIMESTAMP ->
                out.setPrecisionTimestamp(Type.PrecisionTimestamp.newBuilder()
                        .setPrecision(TIMESTAMP_PRECISION)
                        .setNullability(NULLABLE));
            case VARCHAR -> out.setString(Type.String.newBuilder().setNullability(NULLABLE));
            case BINARY -> out.setBinary(Type.Binary.newBuilder().setNullability(NULLABLE));
        }
        return out.build();
    }

    /** @throws AquiferException UNSUPPORTED where Aquifer has no such type, INVALID_PLAN where none is set */
    static DataType read(Type type) {
        return switch (type.getKindCase()) {
            case BOOL -> DataType.BOOLEAN;
            case I8 -> DataType.INT8;
            case I16 -> DataType.INT16;
            case I32 -> DataType.INT32;
            case I64 -> DataType.INT64;
            case DECIMAL ->
                DataType.decimal(
                        type.getDecimal().getPrecision(), type.getDecimal().getScale());
            case FP32 -> DataType.FLOAT32;
            case FP64 -> DataType.FLOAT64;
            case DATE -> DataType.DATE;
            case PRECISION_TIMESTAMP -> {
                int precision = type.getPrecisionTimestamp().getPrecision();
                if (precision != TIMESTAMP_PRECISION) {
                    throw new AquiferException(
                            ErrorCode.UNSUPPORTED,
                            "timestamps of precision " + precision + ": only microseconds (6) are supported");
                }
                yield DataType.TIMESTAMP;
            }
            // A bound on the length is a promise of the producer; values are not cut to it.
            case STRING, VARCHAR -> DataType.VARCHAR;
            case BINARY -> DataType.BINARY;
            case KIND_NOT_SET -> throw new AquiferException(ErrorCode.INVALID_PLAN, "a type is not set");
            case TIMESTAMP,
                    TIME,
                    INTERVAL_YEAR,
                    INTERVAL_DAY,
                    INTERVAL_COMPOUND,
                    TIMESTAMP_TZ,
                    UUID,
                    FIXED_CHAR,
                    FIXED_BINARY,
                    PRECISION_TIME,
                    PRECISION_TIMESTAMP_TZ,
                    STRUCT,
                    LIST,
                    MAP,
                    FUNC,
                    USER_DEFINED,
                    USER_DEFINED_TYPE_REFERENCE,
                    ALIAS ->
                throw new AquiferException(
                        ErrorCode.UNSUPPORTED, "Substrait type " + type.getKindCase() + " is not supported");
        };
    }

    /** The argument part of a Substrait function name, as {@code i32_i32}. */
    static String letters(List<DataType> types) {
        return types.stream().map(PlanTypes::letters).collect(Collectors.joining("_"));
    }

    static String letters(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "bool";
            case INT8 -> "i8";
            case INT16 -> "i16";
            case INT32 -> "i32";
            case INT64 -> "i64";
            case DECIMAL -> "dec";
            case FLOAT32 -> "fp32";
            case FLOAT64 -> "fp64";
            case DATE -> "date";
            case TIMESTAMP -> "pts";
            case VARCHAR -> "str";
            case BINARY -> "vbin";
        };
    }
}
