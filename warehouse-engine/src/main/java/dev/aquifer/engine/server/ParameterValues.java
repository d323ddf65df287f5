package dev.aquifer.engine.server;

import dev.aquifer.protocol.arrow.ArrowBatches;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import dev.aquifer.spi.type.Physical;
import dev.aquifer.spi.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that a client bound, as physical values of the types the query has. Clients that do not look at the parameters'
 * schema bind what their language has (a 64-bit integer for every integer); what keeps its value exactly is taken.
 */
final class ParameterValues {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private ParameterValues() {}

    /**
     * The parameters in the one row of the vectors.
     *
     * @throws AquiferException INVALID_ARGUMENT for another number of rows or parameters; TYPE_MISMATCH or OUT_OF_RANGE for a
     *     value that is none of its parameter's type
     */
    static List<@Nullable Object> read(VectorSchemaRoot root, List<DataType> types) {
        List<FieldVector> vectors = root.getFieldVectors();
        if (root.getRowCount() != 1) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a query takes one row of parameters at a time, not " + root.getRowCount());
        }
        if (vectors.size() != types.size()) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT,
                    vectors.size() + " parameters are bound, and the query has " + types.size());
        }
        List<@Nullable Object> values = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            values.add(value(vectors.get(i), types.get(i), i + 1));
        }
        return values;
    }

    private static @Nullable Object value(FieldVector vector, DataType type, int number) {
        if (vector instanceof NullVector) {
            return null;
        }
        if (vector instanceof TimeStampVector timestamps) {
            return timestamps.isNull(0) ? null : convert(DataType.TIMESTAMP, micros(timestamps, number), type, number);
        }
        Batch batch = ArrowBatches.read(VectorSchemaRoot.of(vector));
        Object value = batch.column(0).value(0);
        return value == null ? null : convert(batch.column(0).type(), value, type, number);
    }

    private static long micros(TimeStampVector vector, int number) {
        long value = vector.get(0);
        if (vector.getField().getType() instanceof ArrowType.Timestamp type && type.getTimezone() == null) {
            try {
                return switch (type.getUnit()) {
                    case SECOND -> Math.multiplyExact(value, 1_000_000L);
                    case MILLISECOND -> Math.multiplyExact(value, 1_000L);
                    case MICROSECOND -> value;
                    case NANOSECOND -> {
                        if (value % 1_000 != 0) {
                            throw new AquiferException(
                                    ErrorCode.OUT_OF_RANGE,
                                    "parameter " + number + " has nanoseconds, and a TIMESTAMP microseconds");
                        }
                        yield value / 1_000;
                    }
                };
            } catch (ArithmeticException e) {
                throw new AquiferException(
                        ErrorCode.OUT_OF_RANGE,
                        "parameter " + number + " is no TIMESTAMP: " + value + " " + type.getUnit(),
                        e);
            }
        }
        throw new AquiferException(
                ErrorCode.TYPE_MISMATCH, "parameter " + number + " has a time zone, which TIMESTAMP has not");
    }

    static Object convert(DataType from, Object value, DataType to, int number) {
        if (from.equals(to)) {
            return value;
        }
        if (to.kind() == TypeKind.TIMESTAMP && from.kind() == TypeKind.DATE) {
            return Math.multiplyExact((Long) value, MICROS_PER_DAY);
        }
        if (!from.isNumeric() || !to.isNumeric()) {
            throw mismatch(from, to, number);
        }
        if (to.isFloat()) {
            double number64 =
                    value instanceof Double real ? real : exact(from, value).doubleValue();
            return to.equals(DataType.FLOAT64) ? number64 : (double) (float) number64;
        }
        if (from.isFloat()) {
            throw mismatch(from, to, number);
        }
        return unscaled(exact(from, value), to, number);
    }

    private static BigDecimal exact(DataType from, Object value) {
        BigInteger unscaled = value instanceof BigInteger big ? big : BigInteger.valueOf((Long) value);
        return new BigDecimal(unscaled, from.scale());
    }

    private static Object unscaled(BigDecimal value, DataType to, int number) {
        BigInteger unscaled;
        try {
            unscaled = value.setScale(to.scale()).unscaledValue();
        } catch (ArithmeticException e) {
            throw outOfRange(value, to, number, e);
        }
        if (to.physical() == Physical.LONG) {
            if (unscaled.bitLength() > 63
                    || unscaled.longValue() < to.minLong()
                    || unscaled.longValue() > to.maxLong()) {
                throw outOfRange(value, to, number, null);
            }
            return unscaled.longValue();
        }
        if (unscaled.abs().compareTo(to.maxUnscaled()) > 0) {
            throw outOfRange(value, to, number, null);
        }
        return unscaled;
    }

    private static AquiferException mismatch(DataType from, DataType to, int number) {
        return new AquiferException(
                ErrorCode.TYPE_MISMATCH, "parameter " + number + " is " + to + ", and a " + from + " is bound");
    }

    private static AquiferException outOfRange(BigDecimal value, DataType to, int number, @Nullable Throwable cause) {
        return new AquiferException(
                ErrorCode.OUT_OF_RANGE,
                "parameter " + number + " is " + to + ", and " + value.toPlainString() + " does not fit",
                cause);
    }

    /**
     * The columns by which a client binds parameters; they have no names in SQL. Timestamps are in milliseconds: the JDBC driver
     * writes those into a vector of any unit.
     */
    static Schema schema(List<DataType> types) {
        List<Field> fields = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            fields.add(new Field("parameter" + (i + 1), types.get(i)));
        }
        List<org.apache.arrow.vector.types.pojo.Field> out =
                new ArrayList<>(ArrowBatches.schema(fields).getFields());
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).kind() == TypeKind.TIMESTAMP) {
                out.set(
                        i,
                        new org.apache.arrow.vector.types.pojo.Field(
                                fields.get(i).name(),
                                FieldType.nullable(new ArrowType.Timestamp(TimeUnit.MILLISECOND, null)),
                                null));
            }
        }
        return new Schema(out);
    }
}
