package dev.aquifer.engine.translate;

import dev.aquifer.engine.sql.SqlTypes;
import dev.aquifer.engine.sql.TextRexBuilder;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.ValueText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Constants: Calcite's to physical values, and back. */
public final class LiteralTranslator {
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long SECONDS_PER_DAY = 86_400L;

    private LiteralTranslator() {}

    static Expr translate(RexLiteral literal) throws NotTranslatable {
        DataType type = SqlTypes.fromSql(literal.getType());
        if (type == null) {
            throw new NotTranslatable("constants of type " + literal.getType() + " are not pushed");
        }
        if (!literal.isNull() && type.equals(DataType.FLOAT32)) {
            Expr.Literal wide = new Expr.Literal(DataType.FLOAT64, floating(literal));
            boolean fits = Double.isInfinite(floating(literal)) || !Float.isInfinite((float) floating(literal));
            // What a REAL cannot hold fails when it is evaluated, with the value.
            return fits ? new Expr.Literal(type, (double) (float) floating(literal)) : Expr.cast(wide, type);
        }
        return new Expr.Literal(type, literal.isNull() ? null : physical(literal, type));
    }

    /** The physical value of a constant that is not null. */
    static Object physical(RexLiteral literal, DataType type) throws NotTranslatable {
        return switch (type.kind()) {
            case BOOLEAN -> Objects.requireNonNull(literal.getValueAs(Boolean.class));
            case INT8, INT16, INT32, INT64, DECIMAL -> exact(value(literal, BigDecimal.class), type, literal);
            case FLOAT32 -> (double) (float) floating(literal);
            case FLOAT64 -> floating(literal);
            case DATE ->
                LocalDate.parse(value(literal, DateString.class).toString()).toEpochDay();
            case TIMESTAMP -> micros(value(literal, TimestampString.class));
            case VARCHAR -> Bytes.utf8(value(literal, NlsString.class).getValue());
            case BINARY -> throw new NotTranslatable("binary constants are not pushed");
        };
    }

    private static double floating(RexLiteral literal) throws NotTranslatable {
        Object value = literal.getValue();
        return value instanceof Double exact
                ? exact
                : value(literal, BigDecimal.class).doubleValue();
    }

    private static <T> T value(RexLiteral literal, Class<T> type) throws NotTranslatable {
        T value = literal.getValueAs(type);
        if (value == null) {
            throw new NotTranslatable("the constant " + literal + " has no value");
        }
        return value;
    }

    private static Object exact(BigDecimal value, DataType type, RexLiteral literal) throws NotTranslatable {
        BigInteger unscaled = value.setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue();
        Object physical = physicalOf(unscaled, type);
        if (physical == null) {
            throw new NotTranslatable("the constant " + literal + " does not fit " + type);
        }
        return physical;
    }

    /** The physical form of an unscaled number, or null where the type cannot hold it. */
    private static @Nullable Object physicalOf(BigInteger unscaled, DataType type) {
        return switch (type.physical()) {
            case LONG ->
                unscaled.bitLength() < 64
                                && unscaled.longValue() >= type.minLong()
                                && unscaled.longValue() <= type.maxLong()
                        ? (Object) unscaled.longValue()
                        : null;
            case INT128 -> unscaled.abs().compareTo(type.maxUnscaled()) <= 0 ? unscaled : null;
            case BOOL, DOUBLE, BYTES -> throw new IllegalArgumentException(type + " has no unscaled value");
        };
    }

    private static long micros(TimestampString text) {
        String value = text.toString();
        LocalDate date = LocalDate.parse(value.substring(0, 10));
        LocalTime time = LocalTime.parse(value.substring(11));
        return (date.toEpochDay() * SECONDS_PER_DAY + time.toSecondOfDay()) * MICROS_PER_SECOND
                + time.getLong(ChronoField.MICRO_OF_SECOND);
    }

    /**
     * A constant of exactly the given SQL type, or null where Calcite cannot hold the value without changing it (NaN,
     * floats of more digits than it keeps, years of five digits).
     *
     * @param value a physical value of the type's counterpart, or null
     */
    public static @Nullable RexNode toRex(@Nullable Object value, RelDataType sqlType, RexBuilder builder) {
        if (value == null) {
            return builder.makeNullLiteral(sqlType);
        }
        DataType type = SqlTypes.fromSql(sqlType);
        if (type == null) {
            return null;
        }
        RexNode literal = switch (type.kind()) {
            case BOOLEAN -> builder.makeLiteral((Boolean) value);
            case INT8, INT16, INT32, INT64 -> builder.makeExactLiteral(BigDecimal.valueOf((Long) value), sqlType);
            case DECIMAL -> builder.makeExactLiteral(decimal(value, type), sqlType);
            case FLOAT32, FLOAT64 -> approximate((Double) value, sqlType, builder);
            case DATE -> date((Long) value, builder);
            case TIMESTAMP -> timestamp((Long) value, sqlType, builder);
            case VARCHAR -> text((Bytes) value, sqlType, builder);
            case BINARY -> null;
        };
        return literal == null ? null : builder.ensureType(sqlType, literal, true);
    }

    /**
     * A constant expression of exactly the given SQL type; values that Calcite's literals cannot hold, such as NaN, are read by the
     * evaluator from their text. Null for texts that are not UTF-8, which cannot be said.
     *
     * @param value a physical value of {@code type}, or null
     */
    public static @Nullable RexNode toConstant(
            @Nullable Object value, DataType type, RelDataType sqlType, RexBuilder builder) {
        RexNode literal = toRex(value, sqlType, builder);
        if (literal != null || value == null || value instanceof Bytes) {
            return literal;
        }
        RexNode text = builder.makeLiteral(
                ValueText.of(type, value), builder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), true);
        return builder.makeAbstractCast(sqlType, text, false);
    }

    private static BigDecimal decimal(Object value, DataType type) {
        BigInteger unscaled = value instanceof BigInteger big ? big : BigInteger.valueOf((Long) value);
        return new BigDecimal(unscaled, type.scale());
    }

    private static @Nullable RexNode approximate(double value, RelDataType sqlType, RexBuilder builder) {
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0 && 1 / value < 0) {
            return null;
        }
        RexNode literal = builder.makeApproxLiteral(BigDecimal.valueOf(value), sqlType);
        if (!(literal instanceof RexLiteral held) || held.isNull()) {
            return null;
        }
        try {
            return floating(held) == value ? literal : null;
        } catch (NotTranslatable e) {
            return null;
        }
    }

    private static @Nullable RexNode date(long days, RexBuilder builder) {
        LocalDate date = LocalDate.ofEpochDay(days);
        return date.getYear() < 1 || date.getYear() > 9999
                ? null
                : builder.makeDateLiteral(new DateString(date.toString()));
    }

    private static @Nullable RexNode timestamp(long micros, RelDataType sqlType, RexBuilder builder) {
        long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
        int nanos = (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000;
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_PER_DAY));
        if (date.getYear() < 1 || date.getYear() > 9999) {
            return null;
        }
        LocalDateTime time = LocalDateTime.of(date, LocalTime.ofSecondOfDay(Math.floorMod(seconds, SECONDS_PER_DAY)));
        TimestampString text = new TimestampString(
                        time.getYear(),
                        time.getMonthValue(),
                        time.getDayOfMonth(),
                        time.getHour(),
                        time.getMinute(),
                        time.getSecond())
                .withNanos(nanos);
        return builder.makeTimestampLiteral(text, sqlType.getPrecision());
    }

    private static @Nullable RexNode text(Bytes value, RelDataType sqlType, RexBuilder builder) {
        String text = value.toString();
        // Malformed UTF-8 has no text of its own.
        return Bytes.utf8(text).equals(value)
                ? TextRexBuilder.hidden(builder.makeLiteral(text, sqlType, true), builder)
                : null;
    }
}
