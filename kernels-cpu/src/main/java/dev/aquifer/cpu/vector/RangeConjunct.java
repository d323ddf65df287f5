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
        Register bounds = column.bounds();
        int rows = column.block().rows();
        if (low > high || column.nulls() == rows || bounds.max < low || bounds.min > high) {
            return NEVER;
        }
        onlyNulls = bounds.min >= low && bounds.max <= high;
        if (onlyNulls) {
            return column.nulls() == 0 ? ALWAYS : PACKED / 2;
        }
        long least = Math.max(low, bounds.min);
        long greatest = Math.min(high, bounds.max);
        byCode = column.encoding() == Encoding.PACKED || column.encoding() == Encoding.DICTIONARY;
        if (column.encoding() == Encoding.PACKED) {
            long base = column.block().baseLow();
            lowCode = least - base;
            highCode = greatest - base;
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
