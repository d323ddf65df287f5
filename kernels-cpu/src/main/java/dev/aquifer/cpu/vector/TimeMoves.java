package dev.aquifer.cpu.vector;

import static dev.aquifer.spi.reference.CivilTime.MICROS_PER_DAY;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.reference.CivilTime;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;

/** Arithmetic of dates and timestamps, and rounding them down. */
final class TimeMoves extends Operation {
    /** More months than any two dates are apart. */
    private static final long MAX_MONTHS = 1_000_000_000L;

    /** For fewer rows than this no table is made. */
    private static final int LEAST_ROWS = 256;

    private final boolean isDate;
    /** Whether the result's day is a function of the argument's, and of months. */
    private final boolean byDay;

    private final DayTable table;
    private long months;
    /** Whether the value computed last fits 64 bits. */
    private boolean exact;

    TimeMoves(Op op, DataType from) {
        super(op);
        this.isDate = from.kind() == TypeKind.DATE;
        this.byDay = switch (op.primitive()) {
            case ADD_MONTHS, TRUNCATE_YEAR, TRUNCATE_QUARTER, TRUNCATE_MONTH, TRUNCATE_WEEK -> true;
            default -> false;
        };
        this.table = new DayTable(
                op.primitive() == Primitive.ADD_MONTHS ? day -> CivilTime.addMonths(day, months) : this::startOf);
    }

    @Override
    void run(Frame frame) {
        Register left = frame.in(op.arg(0));
        boolean binary = op.args().size() > 1;
        Register right = binary ? frame.in(op.arg(1)) : left;
        out.nullsOf(left, right);
        long min = out.type.minLong();
        long max = out.type.maxLong();
        long[] active = active(frame);
        boolean known = hasTable(frame);
        for (int row = 0; row < frame.rows(); row++) {
            long value = known ? known(left.longs[row]) : value(left.longs[row], right.longs[row]);
            if (!exact || value < min || value > max) {
                if (Bits.get(active, row) && !out.isNull(row)) {
                    throw failure(left, right, row);
                }
                value = 0;
            }
            out.longs[row] = value;
        }
    }

    private boolean hasTable(Frame frame) {
        if (!byDay || frame.rows() < LEAST_ROWS) {
            return false;
        }
        if (op.primitive() == Primitive.ADD_MONTHS) {
            months = frame.in(op.arg(1)).longs[0];
            if (!frame.isConstant(op.arg(1)) || months < -MAX_MONTHS || months > MAX_MONTHS) {
                return false;
            }
        }
        Register bounds = frame.bounds(op.arg(0));
        return isDate
                ? table.covers(bounds.min, bounds.max)
                : table.covers(CivilTime.dayOf(bounds.min), CivilTime.dayOf(bounds.max));
    }

    /** The value by the table. */
    private long known(long value) {
        if (isDate) {
            exact = true;
            return table.get(value);
        }
        long day = table.get(CivilTime.dayOf(value));
        return timestamp(day, op.primitive() == Primitive.ADD_MONTHS ? CivilTime.timeOfDay(value) : 0);
    }

    private long value(long x, long y) {
        return switch (op.primitive()) {
            case ADD_DAYS, ADD_MICROS -> {
                long sum = x + y;
                exact = ((x ^ sum) & (y ^ sum)) >= 0;
                yield sum;
            }
            case DAYS_BETWEEN, MICROS_BETWEEN -> {
                long difference = x - y;
                exact = ((x ^ y) & (x ^ difference)) >= 0;
                yield difference;
            }
            case ADD_MONTHS -> addMonths(x, y);
            default -> truncate(x);
        };
    }

    private long addMonths(long value, long months) {
        exact = months >= -MAX_MONTHS && months <= MAX_MONTHS;
        if (!exact) {
            return 0;
        }
        return isDate
                ? CivilTime.addMonths(value, months)
                : timestamp(CivilTime.addMonths(CivilTime.dayOf(value), months), CivilTime.timeOfDay(value));
    }

    private long truncate(long value) {
        exact = true;
        if (isDate) {
            return startOf(value);
        }
        long day = CivilTime.dayOf(value);
        long time = CivilTime.timeOfDay(value);
        return switch (op.primitive()) {
            case TRUNCATE_HOUR -> timestamp(day, time - time % CivilTime.MICROS_PER_HOUR);
            case TRUNCATE_MINUTE -> timestamp(day, time - time % CivilTime.MICROS_PER_MINUTE);
            case TRUNCATE_SECOND -> timestamp(day, time - time % CivilTime.MICROS_PER_SECOND);
            default -> timestamp(startOf(day), 0);
        };
    }

    private long startOf(long day) {
        return switch (op.primitive()) {
            case TRUNCATE_YEAR -> CivilTime.startOfYear(day);
            case TRUNCATE_QUARTER -> CivilTime.startOfQuarter(day);
            case TRUNCATE_MONTH -> CivilTime.startOfMonth(day);
            case TRUNCATE_WEEK -> CivilTime.startOfWeek(day);
            case TRUNCATE_DAY, TRUNCATE_HOUR, TRUNCATE_MINUTE, TRUNCATE_SECOND -> day;
            default -> throw new IllegalArgumentException(op.primitive() + " does not round down");
        };
    }

    private long timestamp(long day, long timeOfDay) {
        long start = day * MICROS_PER_DAY;
        long micros = start + timeOfDay;
        long high = Math.multiplyHigh(day, MICROS_PER_DAY);
        if (high == start >> 63) {
            exact = micros >= start;
        } else {
            // The earliest day begins before the range of timestamps, but ends within it.
            exact = high == -1 && start >= 0 && micros < 0 && Long.compareUnsigned(micros, start) >= 0;
        }
        return micros;
    }

    private AquiferException failure(Register left, Register right, int row) {
        String from = Errors.text(left, row);
        Primitive primitive = op.primitive();
        return Errors.outOfRange(
                switch (primitive) {
                    case ADD_DAYS -> from + " + " + right.longs[row] + " days";
                    case ADD_MICROS -> from + " + " + right.longs[row] + " microseconds";
                    case ADD_MONTHS -> from + " + " + right.longs[row] + " months";
                    case MICROS_BETWEEN -> from + " - " + Errors.text(right, row) + " in microseconds";
                    default -> from + " rounded down to its " + primitive.name().substring("TRUNCATE_".length());
                },
                out.type);
    }
}
