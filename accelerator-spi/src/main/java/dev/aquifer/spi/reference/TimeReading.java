package dev.aquifer.spi.reference;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.math.BigInteger;

/**
 * Reads dates and timestamps from text: the ISO forms that PostgreSQL reads, white space around ignored.
 *
 * <pre>
 *   2010-05-06   2010/5/6   20100506   -0043-03-15   +12010-05-06
 *   2010-05-06 07:08   2010-05-06T07:08:09.123456   2010-05-06 24:00:00   2010-05-06 07:08:09+02
 * </pre>
 *
 * <p>A year has at least four digits, and a sign where it is before 0 (1 BC) or after 9999. A time after a DATE, and a
 * zone after a time, are read and ignored, as PostgreSQL does. Digits past microseconds round half up.
 */
public final class TimeReading {
    private static final int MAX_YEAR_DIGITS = 9;

    private final Bytes source;
    private final DataType type;
    private final String text;
    private int at;

    private TimeReading(Bytes source, DataType type) {
        this.source = source;
        this.type = type;
        this.text = TextReading.strip(source.toString());
    }

    /**
     * The day number of a text.
     *
     * @throws AquiferException INVALID_CAST if it is not a date, OUT_OF_RANGE if its year is too far away
     */
    public static long readDate(Bytes text) {
        TimeReading reading = new TimeReading(text, DataType.DATE);
        long day = reading.date();
        reading.skipTimeOfDay();
        if (day < DataType.DATE.minLong() || day > DataType.DATE.maxLong()) {
            throw TextReading.outOfRange(text, DataType.DATE);
        }
        return day;
    }

    /**
     * The microseconds of a text.
     *
     * @throws AquiferException INVALID_CAST if it is not a timestamp, OUT_OF_RANGE if its year is too far away
     */
    public static long readTimestamp(Bytes text) {
        TimeReading reading = new TimeReading(text, DataType.TIMESTAMP);
        BigInteger micros = BigInteger.valueOf(reading.date()).multiply(BigInteger.valueOf(CivilTime.MICROS_PER_DAY));
        micros = micros.add(BigInteger.valueOf(reading.timeOfDay()));
        if (micros.bitLength() > 63) {
            throw TextReading.outOfRange(text, DataType.TIMESTAMP);
        }
        return micros.longValue();
    }

    private AquiferException invalid() {
        return TextReading.invalid(source, type);
    }

    private boolean accept(char character) {
        if (at < text.length() && text.charAt(at) == character) {
            at++;
            return true;
        }
        return false;
    }

    /** A number of {@code least} to {@code most} digits. */
    private int number(int least, int most) {
        int end = TextReading.skipDigits(text, at);
        if (end - at < least || end - at > most) {
            throw invalid();
        }
        int value = Integer.parseInt(text, at, end, 10);
        at = end;
        return value;
    }

    /** The day number of the date here. */
    private long date() {
        boolean negative = accept('-');
        boolean signed = negative || accept('+');
        int digits = TextReading.skipDigits(text, at) - at;
        int year;
        int month;
        int day;
        if (digits == 8 && !signed && (at + 8 == text.length() || !isSeparator(text.charAt(at + 8)))) {
            int packed = number(8, 8);
            year = packed / 10_000;
            month = packed / 100 % 100;
            day = packed % 100;
        } else {
            if (digits > MAX_YEAR_DIGITS && at + digits < text.length() && isSeparator(text.charAt(at + digits))) {
                throw TextReading.outOfRange(source, type);
            }
            year = number(4, MAX_YEAR_DIGITS);
            char separator = accept('-') ? '-' : accept('/') ? '/' : 0;
            if (separator == 0) {
                throw invalid();
            }
            month = number(1, 2);
            if (!accept(separator)) {
                throw invalid();
            }
            day = number(1, 2);
        }
        year = negative ? -year : year;
        if (month < 1 || month > 12 || day < 1 || day > CivilTime.daysInMonth(year, month)) {
            throw invalid();
        }
        return CivilTime.days(year, month, day);
    }

    private static boolean isSeparator(char character) {
        return character == '-' || character == '/';
    }

    /** The microseconds of the time that follows, up to the end of the text; 0 where there is none. */
    private long timeOfDay() {
        if (at == text.length()) {
            return 0;
        }
        if (!accept('T') && !accept('t')) {
            if (!TextReading.isSpace(text.charAt(at))) {
                throw invalid();
            }
            skipSpace();
        }
        long hour = number(1, 2);
        if (!accept(':')) {
            throw invalid();
        }
        long minute = number(2, 2);
        long second = 0;
        long micros = 0;
        if (accept(':')) {
            second = number(2, 2);
            micros = accept('.') ? fraction() : 0;
        }
        long time = hour * CivilTime.MICROS_PER_HOUR
                + minute * CivilTime.MICROS_PER_MINUTE
                + second * CivilTime.MICROS_PER_SECOND
                + micros;
        // Midnight may be written as hour 24, and a leap second as second 60; no time is past midnight.
        if (minute > 59 || second > 60 || time > CivilTime.MICROS_PER_DAY) {
            throw invalid();
        }
        zone();
        if (at != text.length()) {
            throw invalid();
        }
        return time;
    }

    /** A DATE takes no notice of a time after it, but for its form. */
    private void skipTimeOfDay() {
        if (timeOfDay() < 0) {
            throw invalid();
        }
    }

    private void skipSpace() {
        while (at < text.length() && TextReading.isSpace(text.charAt(at))) {
            at++;
        }
    }

    /** Microseconds of the digits after the point, of which there may be none. */
    private long fraction() {
        int end = TextReading.skipDigits(text, at);
        long micros = 0;
        for (int i = 0; i < 6; i++) {
            micros = micros * 10 + (at + i < end ? text.charAt(at + i) - '0' : 0);
        }
        if (at + 6 < end && text.charAt(at + 6) >= '5') {
            micros++;
        }
        at = end;
        return micros;
    }

    /** Skips {@code Z}, {@code +02}, {@code -0330}, {@code +05:30} or {@code +00:53:28}. */
    private void zone() {
        skipSpace();
        if (accept('Z') || accept('z')) {
            return;
        }
        if (accept('+') || accept('-')) {
            int digits = TextReading.skipDigits(text, at) - at;
            number(1, 4);
            for (int i = 0; i < 2 && digits <= 2 && accept(':'); i++) {
                number(2, 2);
            }
        }
    }
}
