package dev.aquifer.lake.page;

import static dev.aquifer.lake.page.Cursor.INT;
import static dev.aquifer.lake.page.Cursor.LONG;
import static dev.aquifer.lake.page.Cursor.SHORT;

import dev.aquifer.lake.format.MalformedException;
import dev.aquifer.lake.format.PhysicalType;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.Physical;
import java.math.BigInteger;

/** Conversions of numbers that are stored as runs of bytes. */
final class BytesConversions {
    private static final long JULIAN_DAY_OF_1970 = 2_440_588;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private BytesConversions() {}

    /** Converts the {@code count} values of the source's batch into rows from {@code row} on. */
    static void apply(ColumnLayout layout, BytesSource source, int count, StripeBuffer out, int row) {
        if (layout.stored() != PhysicalType.BYTE_ARRAY) {
            for (int i = 0; i < count; i++) {
                if (source.lengths[i] != layout.width()) {
                    throw new MalformedException(
                            "it has a value of " + source.lengths[i] + " bytes in a column of " + layout.width());
                }
            }
        }
        switch (layout.conversion()) {
            case INT96 -> {
                for (int i = 0; i < count; i++) {
                    out.longs[row + i] = int96(source.base, source.starts[i]);
                }
            }
            case FLOAT16 -> {
                for (int i = 0; i < count; i++) {
                    out.doubles[row + i] = Float.float16ToFloat((short) SHORT.get(source.base, source.starts[i]));
                }
            }
            case DECIMAL -> {
                if (layout.type().physical() == Physical.LONG) {
                    decimals(layout.type(), source, count, out.longs, row);
                } else {
                    wideDecimals(layout.type(), source, count, out, row);
                }
            }
            case NONE, BOUNDED, UNSIGNED_INT, UNSIGNED_LONG, SIGNED_LONG, MILLIS, NANOS, TEXT ->
                throw new IllegalStateException(layout.conversion() + " of " + layout.stored());
        }
    }

    private static long int96(byte[] bytes, int start) {
        long nanosOfDay = (long) LONG.get(bytes, start);
        long day = (int) INT.get(bytes, start + 8) - JULIAN_DAY_OF_1970;
        try {
            return Math.addExact(Math.multiplyExact(day, MICROS_PER_DAY), Math.floorDiv(nanosOfDay, 1000L));
        } catch (ArithmeticException e) {
            throw new ValueRangeException(
                    "the INT96 timestamp of day " + day + " since 1970 does not fit microseconds");
        }
    }

    private static void decimals(DataType type, BytesSource source, int count, long[] out, int row) {
        long max = type.maxLong();
        for (int i = 0; i < count; i++) {
            int start = source.starts[i];
            int length = source.lengths[i];
            long value = length == 0 ? 0 : source.base[start];
            if (length > 8) {
                value = narrow(type, source.base, start, length);
            } else {
                for (int b = 1; b < length; b++) {
                    value = value << 8 | source.base[start + b] & 0xff;
                }
            }
            if (value > max || value < -max) {
                throw tooGreat(type, BigInteger.valueOf(value));
            }
            out[row + i] = value;
        }
    }

    /** A value with more bytes than it needs: all but the last eight must repeat its sign. */
    private static long narrow(DataType type, byte[] bytes, int start, int length) {
        long value = Long.reverseBytes((long) LONG.get(bytes, start + length - 8));
        for (int b = 0; b < length - 8; b++) {
            if (bytes[start + b] != (byte) (value >> 63)) {
                throw tooGreat(type, new BigInteger(bytes, start, length));
            }
        }
        return value;
    }

    private static void wideDecimals(DataType type, BytesSource source, int count, StripeBuffer out, int row) {
        BigInteger max = type.maxUnscaled();
        long maxLow = max.longValue();
        long maxHigh = Int128.high(max);
        long minLow = max.negate().longValue();
        long minHigh = Int128.high(max.negate());
        for (int i = 0; i < count; i++) {
            int start = source.starts[i];
            int length = source.lengths[i];
            long low = 0;
            long high = 0;
            if (length > 0) {
                low = high = source.base[start] >> 7;
                if (length > 16) {
                    checkSign(type, source.base, start, length);
                }
                for (int b = Math.max(0, length - 16); b < length; b++) {
                    high = high << 8 | low >>> 56;
                    low = low << 8 | source.base[start + b] & 0xff;
                }
            }
            if (high > maxHigh
                    || high == maxHigh && Long.compareUnsigned(low, maxLow) > 0
                    || high < minHigh
                    || high == minHigh && Long.compareUnsigned(low, minLow) < 0) {
                throw tooGreat(type, Int128.toBigInteger(low, high));
            }
            out.longs[row + i] = low;
            out.high[row + i] = high;
        }
    }

    private static void checkSign(DataType type, byte[] bytes, int start, int length) {
        int sign = bytes[start + length - 16] >> 7;
        for (int b = 0; b < length - 16; b++) {
            if (bytes[start + b] != (byte) sign) {
                throw tooGreat(type, new BigInteger(bytes, start, length));
            }
        }
    }

    private static MalformedException tooGreat(DataType type, BigInteger value) {
        String digits = value.bitLength() > 512 ? "of " + value.bitLength() + " bits" : value.toString();
        return new MalformedException("it has the unscaled value " + digits + ", which does not fit " + type);
    }
}
