package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.LongColumn;

/**
 * How 64-bit integers become packed codes: {@code code = (value - base) / factor}, unsigned.
 *
 * @param width bits of the greatest code
 */
record LongFrame(long base, long factor, int width) {
    /** The frame of values whose least and greatest are known. */
    static LongFrame of(LongColumn column, long min, long max) {
        long factor = factor(column, min, max);
        return new LongFrame(min, factor, Packing.width(Long.divideUnsigned(max - min, factor)));
    }

    /** A width that nearly fills its lane is rounded up to it: such codes need no unpacking. */
    LongFrame scanned() {
        int lane = Packing.laneBits(width);
        return width * 16 >= lane * 15 ? new LongFrame(base, factor, lane) : this;
    }

    /** Codes of rows {@code from .. to}, from {@code codes[0]} on, 0 where they are null; for widths up to 32. */
    void codes(LongColumn column, int from, int to, int[] codes) {
        long[] values = column.values();
        int shift = Long.numberOfTrailingZeros(factor);
        long inverse = inverse(factor >>> shift);
        for (int i = 0; i < to - from; i++) {
            codes[i] = (int) ((values[from + i] - base >>> shift) * inverse);
        }
        if (column.validity() != null) {
            for (int i = 0; i < to - from; i++) {
                codes[i] = column.isNull(from + i) ? 0 : codes[i];
            }
        }
    }

    /** As {@link #codes}, for all widths. */
    void wideCodes(LongColumn column, int from, int to, long[] codes) {
        long[] values = column.values();
        int shift = Long.numberOfTrailingZeros(factor);
        long inverse = inverse(factor >>> shift);
        for (int i = 0; i < to - from; i++) {
            codes[i] = column.isNull(from + i) ? 0 : (values[from + i] - base >>> shift) * inverse;
        }
    }

    /**
     * The greatest common divisor of all distances to the least value, as of whole amounts kept in hundredths or of whole
     * seconds kept in microseconds; 1 where there is none, or distances do not fit 63 bits.
     */
    private static long factor(LongColumn column, long min, long max) {
        long divisor = max - min;
        if (divisor <= 0) {
            return 1;
        }
        int row = 0;
        while (divisor != 1) {
            row = firstIndivisible(column, row, min, divisor);
            if (row == column.size()) {
                break;
            }
            divisor = divisor(divisor, column.values()[row] - min);
        }
        return divisor;
    }

    /**
     * The first row from {@code from} on whose distance is no multiple. Multiples of an odd number d are those that the
     * inverse of d takes to no more than the greatest multiple (Warren, "Hacker's Delight", 10-17); no division is needed.
     */
    private static int firstIndivisible(LongColumn column, int from, long min, long divisor) {
        long[] values = column.values();
        int shift = Long.numberOfTrailingZeros(divisor);
        long inverse = inverse(divisor >>> shift);
        long most = Long.divideUnsigned(-1L, divisor) + Long.MIN_VALUE;
        for (int row = from; row < column.size(); row++) {
            long quotient = Long.rotateRight((values[row] - min) * inverse, shift);
            if (quotient + Long.MIN_VALUE > most && !column.isNull(row)) {
                return row;
            }
        }
        return column.size();
    }

    private static long divisor(long one, long other) {
        long left = one;
        long right = other;
        while (right != 0) {
            long rest = left % right;
            left = right;
            right = rest;
        }
        return left;
    }

    /** The inverse of an odd number modulo two to the 64: by Newton's iteration, which doubles the right bits. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int bits = 3; bits < 64; bits *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
