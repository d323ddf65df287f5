package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Encoding;
import java.util.Arrays;

/**
 * A LONG column between two constants. The constants are moved into the encoded domain: packed codes are compared as they lie in
 * the block, a dictionary's bounds are looked up once, and the zone map may settle the whole stripe.
 */
final class RangeConjunct extends Conjunct {
    private final ColumnReader column;
    private long low;
    private long high;
    private long lowCode;
    private long highCode;
    private boolean byCode;
    private boolean onlyNulls;
    private final long[] found = new long[Bits.WORDS];

    RangeConjunct(ColumnReader column, long low, long high) {
        this.column = column;
        this.low = low;
        this.high = high;
    }

    ColumnReader column() {
        return column;
    }

    /** Both must hold. */
    void narrow(long least, long greatest) {
        low = Math.max(low, least);
        high = Math.min(high, greatest);
    }

    @Override
    int attach() {
        if (low > high || column.nulls() == column.block().rows()) {
            return NEVER;
        }
        // The bounds of the values that are there, not those of the reader's registers: the codes of null
        // rows may stand for more than 64 bits, and a distance to them would wrap in a lane.
        long min = column.block().least();
        long max = column.block().greatest();
        if (max < low || min > high) {
            return NEVER;
        }
        onlyNulls = min >= low && max <= high;
        if (onlyNulls) {
            return column.nulls() == 0 ? ALWAYS : PACKED / 2;
        }
        long least = Math.max(low, min);
        long greatest = Math.min(high, max);
        byCode = column.encoding() == Encoding.PACKED || column.encoding() == Encoding.DICTIONARY;
        if (column.encoding() == Encoding.PACKED) {
            long base = column.block().baseLow();
            long factor = column.block().factor();
            lowCode = least - base;
            highCode = greatest - base;
            if (factor != 1) {
                // Only multiples of the factor, all of them less than 2^63, are there. The next one may be past that.
                lowCode = Math.ceilDiv(lowCode, factor);
                highCode = highCode / factor;
                if (lowCode > highCode) {
                    return NEVER;
                }
            }
        } else if (column.encoding() == Encoding.DICTIONARY) {
            DistinctArea values = column.distinct();
            int from = Arrays.binarySearch(values.longs(), 0, values.count(), least);
            int to = Arrays.binarySearch(values.longs(), 0, values.count(), greatest);
            lowCode = from < 0 ? ~from : from;
            highCode = to < 0 ? ~to - 1 : to;
            if (lowCode > highCode) {
                return NEVER;
            }
        }
        return byCode ? PACKED : CODES;
    }

    @Override
    void and(int vector, int rows, long[] bits) {
        if (onlyNulls) {
            column.andValid(vector, bits);
            return;
        }
        if (byCode) {
            column.andCodeRange(vector, lowCode, highCode, bits);
        } else {
            long[] values = column.dense(vector).longs;
            LongCompare.less(values, low, rows, found);
            clear(rows, bits);
            LongCompare.greater(values, high, rows, found);
            clear(rows, bits);
        }
        column.andValid(vector, bits);
    }

    private void clear(int rows, long[] bits) {
        for (int word = 0; word << 6 < rows; word++) {
            bits[word] &= ~found[word];
        }
    }
}
