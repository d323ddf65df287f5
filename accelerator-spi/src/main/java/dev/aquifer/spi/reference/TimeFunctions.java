package dev.aquifer.spi.reference;

import static dev.aquifer.spi.reference.CivilTime.MICROS_PER_DAY;
import static dev.aquifer.spi.reference.CivilTime.MICROS_PER_HOUR;
import static dev.aquifer.spi.reference.CivilTime.MICROS_PER_MINUTE;
import static dev.aquifer.spi.reference.CivilTime.MICROS_PER_SECOND;

import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Supplier;

/** The TIME family. Results outside of their type's range are OUT_OF_RANGE. */
final class TimeFunctions {
    /** More months than any two dates are apart. */
    private static final long MAX_MONTHS = 1_000_000_000L;

    private TimeFunctions() {}

    static Strict of(Primitive primitive, List<DataType> args, DataType result) {
        DataType type = args.getFirst();
        boolean isDate = type.kind() == TypeKind.DATE;
        return switch (primitive) {
            case EXTRACT_YEAR,
                    EXTRACT_QUARTER,
                    EXTRACT_MONTH,
                    EXTRACT_WEEK,
                    EXTRACT_DAY,
                    EXTRACT_DOW,
                    EXTRACT_ISODOW,
                    EXTRACT_DOY -> values -> dayPart(primitive, isDate ? (Long) values[0] : dayOf(values[0]));
            case EXTRACT_HOUR, EXTRACT_MINUTE, EXTRACT_SECOND, EXTRACT_MILLISECOND, EXTRACT_MICROSECOND ->
                values -> timePart(primitive, isDate ? 0 : CivilTime.timeOfDay((Long) values[0]));
            case EXTRACT_EPOCH ->
                values -> isDate
                        ? (Long) values[0] * (MICROS_PER_DAY / MICROS_PER_SECOND)
                        : Math.floorDiv((Long) values[0], MICROS_PER_SECOND);
            case ADD_DAYS -> values -> sum(result, type, values, " days");
            case ADD_MICROS -> values -> sum(result, type, values, " microseconds");
            case ADD_MONTHS -> values -> addMonths(type, (Long) values[0], (Long) values[1]);
            case DAYS_BETWEEN -> values -> (Long) values[0] - (Long) values[1];
            case MICROS_BETWEEN -> values -> difference(result, type, values);
            case TRUNCATE_YEAR,
                    TRUNCATE_QUARTER,
                    TRUNCATE_MONTH,
                    TRUNCATE_WEEK,
                    TRUNCATE_DAY,
                    TRUNCATE_HOUR,
                    TRUNCATE_MINUTE,
                    TRUNCATE_SECOND -> values -> truncate(primitive, type, (Long) values[0]);
            default -> throw new IllegalArgumentException(primitive + " is not a function of time");
        };
    }

    private static long dayOf(Object micros) {
        return CivilTime.dayOf((Long) micros);
    }

    private static Object dayPart(Primitive primitive, long day) {
        return switch (primitive) {
            case EXTRACT_YEAR -> CivilTime.year(day);
            case EXTRACT_QUARTER -> (long) CivilTime.quarter(day);
            case EXTRACT_MONTH -> (long) CivilTime.month(day);
            case EXTRACT_WEEK -> (long) CivilTime.isoWeek(day);
            case EXTRACT_DAY -> (long) CivilTime.dayOfMonth(day);
            case EXTRACT_DOW -> (long) CivilTime.dayOfWeek(day);
            case EXTRACT_ISODOW -> (long) CivilTime.isoDayOfWeek(day);
            case EXTRACT_DOY -> (long) CivilTime.dayOfYear(day);
            default -> throw new IllegalArgumentException(primitive + " is not a part of a day");
        };
    }

    private static Object timePart(Primitive primitive, long timeOfDay) {
        return switch (primitive) {
            case EXTRACT_HOUR -> timeOfDay / MICROS_PER_HOUR;
            case EXTRACT_MINUTE -> timeOfDay / MICROS_PER_MINUTE % 60;
            case EXTRACT_SECOND -> timeOfDay / MICROS_PER_SECOND % 60;
            case EXTRACT_MILLISECOND -> timeOfDay % MICROS_PER_MINUTE / 1_000;
            case EXTRACT_MICROSECOND -> timeOfDay % MICROS_PER_MINUTE;
            default -> throw new IllegalArgumentException(primitive + " is not a part of a time");
        };
    }

    private static Object sum(DataType result, DataType type, Object[] values, String unit) {
        BigInteger sum = Numbers.unscaled(values[0]).add(Numbers.unscaled(values[1]));
        return Numbers.physical(result, sum, () -> moved(type, values[0], (Long) values[1], unit));
    }

    private static Object difference(DataType result, DataType type, Object[] values) {
        BigInteger difference = Numbers.unscaled(values[0]).subtract(Numbers.unscaled(values[1]));
        return Numbers.physical(
                result,
                difference,
                () -> Numbers.text(type, values[0]) + " - " + Numbers.text(type, values[1]) + " in microseconds");
    }

    private static String moved(DataType type, Object value, long by, String unit) {
        return Numbers.text(type, value) + " + " + by + unit;
    }

    private static Object addMonths(DataType type, long value, long months) {
        Supplier<String> what = () -> moved(type, value, months, " months");
        if (Math.abs(months) > MAX_MONTHS || months == Long.MIN_VALUE) {
            throw Numbers.outOfRange(type, what);
        }
        if (type.kind() == TypeKind.DATE) {
            return Numbers.physical(type, CivilTime.addMonths(value, months), what);
        }
        long day = CivilTime.addMonths(CivilTime.dayOf(value), months);
        return timestamp(day, CivilTime.timeOfDay(value), what);
    }

    /** A timestamp from day and time of day. */
    static Object timestamp(long day, long timeOfDay, Supplier<String> what) {
        BigInteger micros = BigInteger.valueOf(day)
                .multiply(BigInteger.valueOf(MICROS_PER_DAY))
                .add(BigInteger.valueOf(timeOfDay));
        return Numbers.physical(DataType.TIMESTAMP, micros, what);
    }

    private static Object truncate(Primitive primitive, DataType type, long value) {
        Supplier<String> what = () -> Numbers.text(type, value) + " rounded down to its "
                + primitive.name().substring("TRUNCATE_".length());
        if (type.kind() == TypeKind.DATE) {
            return Numbers.physical(type, startOf(primitive, value), what);
        }
        long day = CivilTime.dayOf(value);
        long time = CivilTime.timeOfDay(value);
        return switch (primitive) {
            case TRUNCATE_HOUR -> timestamp(day, time - time % MICROS_PER_HOUR, what);
            case TRUNCATE_MINUTE -> timestamp(day, time - time % MICROS_PER_MINUTE, what);
            case TRUNCATE_SECOND -> timestamp(day, time - time % MICROS_PER_SECOND, what);
            default -> timestamp(startOf(primitive, day), 0, what);
        };
    }

    private static long startOf(Primitive primitive, long day) {
        return switch (primitive) {
            case TRUNCATE_YEAR -> CivilTime.startOfYear(day);
            case TRUNCATE_QUARTER -> CivilTime.startOfQuarter(day);
            case TRUNCATE_MONTH -> CivilTime.startOfMonth(day);
            case TRUNCATE_WEEK -> CivilTime.startOfWeek(day);
            case TRUNCATE_DAY, TRUNCATE_HOUR, TRUNCATE_MINUTE, TRUNCATE_SECOND -> day;
            default -> throw new IllegalArgumentException(primitive + " does not round down");
        };
    }
}
