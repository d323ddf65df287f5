package dev.aquifer.spi.reference;

/**
 * The proleptic Gregorian calendar over day numbers (days since 1970-01-01) and microseconds since 1970-01-01 00:00:00.
 * Years are numbered as in ISO 8601: year 0 is 1 BC.
 *
 * <p>A DATE is any 32-bit day number (5877642 BC to AD 5881580) and a TIMESTAMP any 64-bit microsecond (290309 BC to AD
 * 294247), as in DuckDB; PostgreSQL's ranges end at nearly the same years but begin at 4714 BC. Functions here take
 * every value of those ranges; results may lie outside of them, and callers check.
 */
public final class CivilTime {
    public static final long MICROS_PER_SECOND = 1_000_000L;
    public static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
    public static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
    public static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

    private static final long DAYS_PER_ERA = 146_097;
    /** Days from 0000-03-01 to 1970-01-01. */
    private static final long EPOCH_SHIFT = 719_468;

    private CivilTime() {}

    /** The day number of a timestamp. */
    public static long dayOf(long micros) {
        return Math.floorDiv(micros, MICROS_PER_DAY);
    }

    /** Microseconds since midnight, 0 to 86,399,999,999. */
    public static long timeOfDay(long micros) {
        return Math.floorMod(micros, MICROS_PER_DAY);
    }

    /**
     * The day number of a date.
     *
     * @param month 1 to 12
     * @param day 1 to 31; days past the month's end run into the next month
     */
    public static long days(long year, int month, int day) {
        // Years that begin in March have their leap day last: Howard Hinnant, "chrono-Compatible Low-Level Date
        // Algorithms".
        long marchYear = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(marchYear, 400L);
        long yearOfEra = marchYear - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_ERA + dayOfEra - EPOCH_SHIFT;
    }

    private static long dayOfEra(long days) {
        return Math.floorMod(days + EPOCH_SHIFT, DAYS_PER_ERA);
    }

    private static long yearOfEra(long dayOfEra) {
        return (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    }

    /** Days since the first of March, 0 to 365. */
    private static int dayOfMarchYear(long days) {
        long dayOfEra = dayOfEra(days);
        long year = yearOfEra(dayOfEra);
        return (int) (dayOfEra - (365 * year + year / 4 - year / 100));
    }

    public static long year(long days) {
        long era = Math.floorDiv(days + EPOCH_SHIFT, DAYS_PER_ERA);
        long marchYear = era * 400 + yearOfEra(dayOfEra(days));
        return month(days) <= 2 ? marchYear + 1 : marchYear;
    }

    /** 1 to 12. */
    public static int month(long days) {
        int marchMonth = (5 * dayOfMarchYear(days) + 2) / 153;
        return marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    }

    /** 1 to 31. */
    public static int dayOfMonth(long days) {
        int dayOfYear = dayOfMarchYear(days);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        return dayOfYear - (153 * marchMonth + 2) / 5 + 1;
    }

    /** 1 to 4. */
    public static int quarter(long days) {
        return (month(days) + 2) / 3;
    }

    /** 1 to 366. */
    public static int dayOfYear(long days) {
        return (int) (days - days(year(days), 1, 1)) + 1;
    }

    /** Monday is 1, Sunday 7. */
    public static int isoDayOfWeek(long days) {
        return (int) Math.floorMod(days + 3, 7L) + 1;
    }

    /** Sunday is 0, Saturday 6. */
    public static int dayOfWeek(long days) {
        return (int) Math.floorMod(days + 4, 7L);
    }

    /** The ISO 8601 week, 1 to 53: week 1 has the year's first Thursday. */
    public static int isoWeek(long days) {
        long thursday = days - isoDayOfWeek(days) + 4;
        return (dayOfYear(thursday) - 1) / 7 + 1;
    }

    public static boolean isLeapYear(long year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Days of a month, 28 to 31. */
    public static int daysInMonth(long year, int month) {
        return switch (month) {
            case 2 -> isLeapYear(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /**
     * A day some months later, or earlier; past the end of the month that is the month's last day.
     *
     * @param months within ±10^12, beyond which no date is in range anyway
     */
    public static long addMonths(long days, long months) {
        long total = year(days) * 12 + (month(days) - 1) + months;
        long year = Math.floorDiv(total, 12L);
        int month = (int) Math.floorMod(total, 12L) + 1;
        return days(year, month, Math.min(dayOfMonth(days), daysInMonth(year, month)));
    }

    public static long startOfYear(long days) {
        return days(year(days), 1, 1);
    }

    public static long startOfQuarter(long days) {
        return days(year(days), quarter(days) * 3 - 2, 1);
    }

    public static long startOfMonth(long days) {
        return days - dayOfMonth(days) + 1;
    }

    /** The Monday on or before a day. */
    public static long startOfWeek(long days) {
        return days - isoDayOfWeek(days) + 1;
    }
}
