package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.reference.CivilTime;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;

/** EXTRACT: parts of dates and timestamps. */
final class TimeParts extends Operation {
    private static final long SECONDS_PER_DAY = CivilTime.MICROS_PER_DAY / CivilTime.MICROS_PER_SECOND;

    private final boolean isDate;

    TimeParts(Op op, DataType from) {
        super(op);
        this.isDate = from.kind() == TypeKind.DATE;
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
        long[] parts = out.longs;
        out.nullsOf(arg);
        switch (op.primitive()) {
            case EXTRACT_YEAR -> {
                for (int row = 0; row < rows; row++) {
                    parts[row] = CivilTime.year(day(values[row]));
                }
            }
            case EXTRACT_QUARTER -> {
                for (int row = 0; row < rows; row++) {
                    parts[row] = CivilTime.quarter(day(values[row]));
                }
            }
            case EXTRACT_MONTH -> {
                for (int row = 0; row < rows; row++) {
                    parts[row] = CivilTime.month(day(values[row]));
                }
            }
            case EXTRACT_WEEK -> {
                for (int row = 0; row < rows; row++) {
                    parts[row] = CivilTime.isoWeek(day(values[row]));
                }
            }
            case EXTRACT_DAY -> {
                for (int row = 0; row < rows; row++) {
                    parts[row] = CivilTime.dayOfMonth(day(values[row]));
                }
            }
            case EXTRACT_DOW -> {
                for (int row = 0; row < rows; row++) {
                    parts[row] = CivilTime.dayOfWeek(day(values[row]));
                }
            }
            case EXTRACT_ISODOW -> {
                for (int row = 0; row < rows; row++) {
                    parts[row] = CivilTime.isoDayOfWeek(day(values[row]));
                }
            }
            case EXTRACT_DOY -> {
                for (int row = 0; row < rows; row++) {
                    parts[row] = CivilTime.dayOfYear(day(values[row]));
                }
            }
            case EXTRACT_HOUR -> timeOfDay(values, rows, CivilTime.MICROS_PER_DAY, CivilTime.MICROS_PER_HOUR);
            case EXTRACT_MINUTE -> timeOfDay(values, rows, CivilTime.MICROS_PER_HOUR, CivilTime.MICROS_PER_MINUTE);
            case EXTRACT_SECOND -> timeOfDay(values, rows, CivilTime.MICROS_PER_MINUTE, CivilTime.MICROS_PER_SECOND);
            case EXTRACT_MILLISECOND -> timeOfDay(values, rows, CivilTime.MICROS_PER_MINUTE, 1_000);
            case EXTRACT_MICROSECOND -> timeOfDay(values, rows, CivilTime.MICROS_PER_MINUTE, 1);
            case EXTRACT_EPOCH -> {
                for (int row = 0; row < rows; row++) {
                    parts[row] = isDate
                            ? values[row] * SECONDS_PER_DAY
                            : Math.floorDiv(values[row], CivilTime.MICROS_PER_SECOND);
                }
            }
            default -> throw new IllegalArgumentException(op.primitive() + " is not a part of a time");
        }
    }

    /** What is left of a whole, in units; a DATE is at midnight. */
    private void timeOfDay(long[] values, int rows, long whole, long unit) {
        for (int row = 0; row < rows; row++) {
            out.longs[row] = isDate ? 0 : CivilTime.timeOfDay(values[row]) % whole / unit;
        }
    }
}
