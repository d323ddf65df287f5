package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.reference.CivilTime;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;

/** EXTRACT: parts of dates and timestamps. */
final class TimeParts extends Operation {
    private static final long SECONDS_PER_DAY = CivilTime.MICROS_PER_DAY / CivilTime.MICROS_PER_SECOND;

    /** For fewer rows than this no table is made. */
    private static final int LEAST_ROWS = 256;

    private final boolean isDate;
    private final boolean partOfDay;
    private final DayTable table = new DayTable(this::part);

    TimeParts(Op op, DataType from) {
        super(op);
        this.isDate = from.kind() == TypeKind.DATE;
        this.partOfDay = switch (op.primitive()) {
            case EXTRACT_HOUR,
                    EXTRACT_MINUTE,
                    EXTRACT_SECOND,
                    EXTRACT_MILLISECOND,
                    EXTRACT_MICROSECOND,
                    EXTRACT_EPOCH -> false;
            default -> true;
        };
    }

    @Override
    void bound(Frame frame) {
        out.unbounded();
        Register arg = frame.bounds(op.arg(0));
        switch (op.primitive()) {
            case EXTRACT_YEAR -> out.bounds(CivilTime.year(day(arg.min)), CivilTime.year(day(arg.max)));
            case EXTRACT_QUARTER -> out.bounds(1, 4);
            case EXTRACT_MONTH -> out.bounds(1, 12);
            case EXTRACT_WEEK -> out.bounds(1, 53);
            case EXTRACT_DAY -> out.bounds(1, 31);
            case EXTRACT_DOW, EXTRACT_ISODOW -> out.bounds(0, 7);
            case EXTRACT_DOY -> out.bounds(1, 366);
            case EXTRACT_HOUR -> out.bounds(0, 23);
            case EXTRACT_MINUTE, EXTRACT_SECOND -> out.bounds(0, 59);
            default -> {
                // Milliseconds, microseconds and the epoch: nothing that would help.
            }
        }
    }

    private long day(long value) {
        return isDate ? value : CivilTime.dayOf(value);
    }

    @Override
    void run(Frame frame) {
        Register arg = frame.in(op.arg(0));
        int rows = frame.rows();
        long[] values = arg.longs;
        out.nullsOf(arg);
        if (partOfDay) {
            Register bounds = frame.bounds(op.arg(0));
            if (rows >= LEAST_ROWS && table.covers(day(bounds.min), day(bounds.max))) {
                for (int row = 0; row < rows; row++) {
                    out.longs[row] = table.get(day(values[row]));
                }
            } else {
                for (int row = 0; row < rows; row++) {
                    out.longs[row] = part(day(values[row]));
                }
            }
            return;
        }
        switch (op.primitive()) {
            case EXTRACT_HOUR -> timeOfDay(values, rows, CivilTime.MICROS_PER_DAY, CivilTime.MICROS_PER_HOUR);
            case EXTRACT_MINUTE -> timeOfDay(values, rows, CivilTime.MICROS_PER_HOUR, CivilTime.MICROS_PER_MINUTE);
            case EXTRACT_SECOND -> timeOfDay(values, rows, CivilTime.MICROS_PER_MINUTE, CivilTime.MICROS_PER_SECOND);
            case EXTRACT_MILLISECOND -> timeOfDay(values, rows, CivilTime.MICROS_PER_MINUTE, 1_000);
            case EXTRACT_MICROSECOND -> timeOfDay(values, rows, CivilTime.MICROS_PER_MINUTE, 1);
            case EXTRACT_EPOCH -> {
                for (int row = 0; row < rows; row++) {
                    out.longs[row] = isDate
                            ? values[row] * SECONDS_PER_DAY
                            : Math.floorDiv(values[row], CivilTime.MICROS_PER_SECOND);
                }
            }
            default -> throw new IllegalArgumentException(op.primitive() + " is not a part of a time");
        }
    }

    private long part(long day) {
        return switch (op.primitive()) {
            case EXTRACT_YEAR -> CivilTime.year(day);
            case EXTRACT_QUARTER -> CivilTime.quarter(day);
            case EXTRACT_MONTH -> CivilTime.month(day);
            case EXTRACT_WEEK -> CivilTime.isoWeek(day);
            case EXTRACT_DAY -> CivilTime.dayOfMonth(day);
            case EXTRACT_DOW -> CivilTime.dayOfWeek(day);
            case EXTRACT_ISODOW -> CivilTime.isoDayOfWeek(day);
            case EXTRACT_DOY -> CivilTime.dayOfYear(day);
            default -> throw new IllegalArgumentException(op.primitive() + " is not a part of a day");
        };
    }

    /** What is left of a whole, in units; a DATE is at midnight. */
    private void timeOfDay(long[] values, int rows, long whole, long unit) {
        for (int row = 0; row < rows; row++) {
            out.longs[row] = isDate ? 0 : CivilTime.timeOfDay(values[row]) % whole / unit;
        }
    }
}
