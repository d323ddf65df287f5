package dev.aquifer.spi.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.ValueText;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The calendar against java.time. */
final class CivilTimeTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());

    private final Random random = new Random(SEED);

    private void check(long day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        String what = date + " seed " + SEED;
        assertEquals(date.getYear(), CivilTime.year(day), what);
        assertEquals(date.getMonthValue(), CivilTime.month(day), what);
        assertEquals(date.getDayOfMonth(), CivilTime.dayOfMonth(day), what);
        assertEquals(date.get(IsoFields.QUARTER_OF_YEAR), CivilTime.quarter(day), what);
        assertEquals(date.getDayOfYear(), CivilTime.dayOfYear(day), what);
        assertEquals(date.getDayOfWeek().getValue(), CivilTime.isoDayOfWeek(day), what);
        assertEquals(date.getDayOfWeek().getValue() % 7, CivilTime.dayOfWeek(day), what);
        assertEquals(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), CivilTime.isoWeek(day), what);
        assertEquals(date.lengthOfMonth(), CivilTime.daysInMonth(CivilTime.year(day), CivilTime.month(day)), what);
        assertEquals(day, CivilTime.days(date.getYear(), date.getMonthValue(), date.getDayOfMonth()), what);
        assertEquals(date.withDayOfYear(1).toEpochDay(), CivilTime.startOfYear(day), what);
        assertEquals(date.withDayOfMonth(1).toEpochDay(), CivilTime.startOfMonth(day), what);
        assertEquals(date.with(IsoFields.DAY_OF_QUARTER, 1).toEpochDay(), CivilTime.startOfQuarter(day), what);
        assertEquals(
                date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toEpochDay(),
                CivilTime.startOfWeek(day),
                what);
        int months = random.nextInt(-100_000, 100_000);
        assertEquals(date.plusMonths(months).toEpochDay(), CivilTime.addMonths(day, months), what + " + " + months);
    }

    @Test
    void isTheCalendarOfJavaTime() {
        for (long day = -800_000; day < 800_000; day += 1 + random.nextInt(5)) {
            check(day);
        }
        for (int i = 0; i < 100_000; i++) {
            check(random.nextInt());
        }
        check(Integer.MIN_VALUE);
        check(Integer.MAX_VALUE);
    }

    @Test
    void readsWhatIsPrinted() {
        for (int i = 0; i < 50_000; i++) {
            long day = random.nextBoolean() ? random.nextInt() : random.nextInt(-1_000_000, 4_000_000);
            String date = ValueText.of(DataType.DATE, day);
            assertEquals(day, TimeReading.readDate(Bytes.utf8(date)), date);
            long micros = random.nextLong() >> random.nextInt(40);
            micros = random.nextBoolean() ? micros : Math.floorDiv(micros, 1_000_000L) * 1_000_000L;
            String timestamp = ValueText.of(DataType.TIMESTAMP, micros);
            assertEquals(micros, TimeReading.readTimestamp(Bytes.utf8(timestamp)), timestamp);
        }
        for (long micros : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
            String timestamp = ValueText.of(DataType.TIMESTAMP, micros);
            assertEquals(micros, TimeReading.readTimestamp(Bytes.utf8(timestamp)), timestamp);
        }
    }
}
