package dev.aquifer.protocol.substrait;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Values;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import io.substrait.proto.Expression;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Constants as Substrait literals: typed, NULL included. */
final class PlanLiterals {
    private static final int DECIMAL_BYTES = 16;
    private static final int NANOS_DIGITS = 9;

    private PlanLiterals() {}

    /** @throws AquiferException INVALID_PLAN if the value is not one of the type, or is text that is not UTF-8 */
    static Expression.Literal write(DataType type, @Nullable Object value) {
        Values.check(type, value);
        Expression.Literal.Builder out = Expression.Literal.newBuilder();
        if (value == null) {
            return out.setNull(PlanTypes.write(type)).build();
        }
        switch (type.kind()) {
            case BOOLEAN -> out.setBoolean((Boolean) value);
            case INT8 -> out.setI8((int) (long) (Long) value);
            case INT16 -> out.setI16((int) (long) (Long) value);
            case INT32 -> out.setI32((int) (long) (Long) value);
            case INT64 -> out.setI64((Long) value);
            case DECIMAL ->
                out.setDecimal(Expression.Literal.Decimal.newBuilder()
                        .setValue(decimal(value))
                        .setPrecision(type.precision())
                        .setScale(type.scale()));
            case FLOAT32 -> out.setFp32((float) (double) (Double) value);
            case FLOAT64 -> out.setFp64((Double) value);
            case DATE -> out.setDate((int) (long) (Long) value);
            case TIMESTAMP ->
                out.setPrecisionTimestamp(Expression.Literal.PrecisionTimestamp.newBuilder()
                        .setPrecision(PlanTypes.TIMESTAMP_PRECISION)
                        .setValue((Long) value));
            case VARCHAR -> {
                ByteString bytes = bytes(value);
                if (!bytes.isValidUtf8()) {
                    throw new AquiferException(ErrorCode.INVALID_PLAN, "text that is not UTF-8: '" + value + "'");
                }
                out.setStringBytes(bytes);
            }
            case BINARY -> out.setBinary(bytes(value));
        }
        return out.build();
    }

    private static ByteString bytes(Object value) {
        return UnsafeByteOperations.unsafeWrap(((Bytes) value).array());
    }

    /** Two's complement, least byte first. */
    private static ByteString decimal(Object value) {
        BigInteger unscaled = value instanceof BigInteger big ? big : BigInteger.valueOf((Long) value);
        byte[] big = unscaled.toByteArray();
        byte[] little = new byte[DECIMAL_BYTES];
        byte sign = (byte) (unscaled.signum() < 0 ? -1 : 0);
        for (int i = 0; i < DECIMAL_BYTES; i++) {
            little[i] = i < big.length ? big[big.length - 1 - i] : sign;
        }
        return UnsafeByteOperations.unsafeWrap(little);
    }

    /** @throws AquiferException UNSUPPORTED for types Aquifer has not, INVALID_PLAN for values outside of their type */
    static Expr.Literal read(Expression.Literal literal) {
        return switch (literal.getLiteralTypeCase()) {
            case BOOLEAN -> new Expr.Literal(DataType.BOOLEAN, literal.getBoolean());
            case I8 -> integer(DataType.INT8, literal.getI8());
            case I16 -> integer(DataType.INT16, literal.getI16());
            case I32 -> integer(DataType.INT32, literal.getI32());
            case I64 -> integer(DataType.INT64, literal.getI64());
            case DECIMAL -> decimal(literal.getDecimal());
            case FP32 -> new Expr.Literal(DataType.FLOAT32, (double) literal.getFp32());
            case FP64 -> new Expr.Literal(DataType.FLOAT64, literal.getFp64());
            case DATE -> integer(DataType.DATE, literal.getDate());
            case PRECISION_TIMESTAMP -> timestamp(literal.getPrecisionTimestamp());
            case STRING -> new Expr.Literal(DataType.VARCHAR, text(literal.getStringBytes()));
            case VAR_CHAR ->
                new Expr.Literal(DataType.VARCHAR, text(literal.getVarChar().getValueBytes()));
            case BINARY ->
                new Expr.Literal(DataType.BINARY, Bytes.of(literal.getBinary().toByteArray()));
            case NULL -> new Expr.Literal(PlanTypes.read(literal.getNull()), null);
            case LITERALTYPE_NOT_SET -> throw new AquiferException(ErrorCode.INVALID_PLAN, "a literal is not set");
            case TIMESTAMP,
                    TIME,
                    INTERVAL_YEAR_TO_MONTH,
                    INTERVAL_DAY_TO_SECOND,
                    INTERVAL_COMPOUND,
                    FIXED_CHAR,
                    FIXED_BINARY,
                    PRECISION_TIME,
                    PRECISION_TIMESTAMP_TZ,
                    STRUCT,
                    MAP,
                    TIMESTAMP_TZ,
                    UUID,
                    LIST,
                    EMPTY_LIST,
                    EMPTY_MAP,
                    USER_DEFINED ->
                throw new AquiferException(
                        ErrorCode.UNSUPPORTED,
                        "Substrait literal " + literal.getLiteralTypeCase() + " is not supported");
        };
    }

    private static Expr.Literal integer(DataType type, long value) {
        Values.check(type, value);
        return new Expr.Literal(type, value);
    }

    private static Bytes text(ByteString bytes) {
        return Bytes.of(bytes.toByteArray());
    }

    private static Expr.Literal decimal(Expression.Literal.Decimal literal) {
        DataType type = DataType.decimal(literal.getPrecision(), literal.getScale());
        byte[] little = literal.getValue().toByteArray();
        if (little.length != DECIMAL_BYTES) {
            throw new AquiferException(
                    ErrorCode.INVALID_PLAN, "a decimal literal has " + little.length + " bytes, not " + DECIMAL_BYTES);
        }
        byte[] big = new byte[DECIMAL_BYTES];
        for (int i = 0; i < DECIMAL_BYTES; i++) {
            big[i] = little[DECIMAL_BYTES - 1 - i];
        }
        BigInteger unscaled = new BigInteger(big);
        if (unscaled.abs().compareTo(type.maxUnscaled()) > 0) {
            throw new AquiferException(
                    ErrorCode.INVALID_PLAN, "the unscaled value " + unscaled + " does not fit " + type);
        }
        return new Expr.Literal(type, type.physical() == Physical.LONG ? (Object) unscaled.longValue() : unscaled);
    }

    private static Expr.Literal timestamp(Expression.Literal.PrecisionTimestamp literal) {
        int precision = literal.getPrecision();
        if (precision < 0 || precision > NANOS_DIGITS) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED, "a timestamp literal of precision " + precision + ": 0 to 9 are supported");
        }
        BigInteger micros = BigInteger.valueOf(literal.getValue());
        if (precision <= PlanTypes.TIMESTAMP_PRECISION) {
            micros = micros.multiply(BigInteger.TEN.pow(PlanTypes.TIMESTAMP_PRECISION - precision));
        } else {
            BigInteger[] parts =
                    micros.divideAndRemainder(BigInteger.TEN.pow(precision - PlanTypes.TIMESTAMP_PRECISION));
            if (parts[1].signum() != 0) {
                throw new AquiferException(
                        ErrorCode.UNSUPPORTED,
                        "the timestamp literal " + literal.getValue() + " of precision " + precision
                                + " is finer than microseconds");
            }
            micros = parts[0];
        }
        if (micros.bitLength() > Long.SIZE - 1) {
            throw new AquiferException(
                    ErrorCode.INVALID_PLAN, "the timestamp literal " + literal.getValue() + " is out of range");
        }
        return new Expr.Literal(DataType.TIMESTAMP, micros.longValue());
    }
}
