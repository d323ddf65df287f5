package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Bits;
import dev.aquifer.cpu.vector.LongCompare;
import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.fragment.SortKey;
import java.util.Arrays;

/**
 * Tells, by the first key of an order alone and for whole vectors, which rows may come before a row that is kept. Of most
 * vectors no row does.
 */
final class FirstKey {
    private final long[] found = new long[Bits.WORDS];
    /** Floats as longs in the same order; made when the first floats come. */
    private long[] floatKeys = new long[0];

    /** Whether {@link #keep} can tell: the values of the rows, and that of the slot, are ordered as longs. */
    static boolean canTell(Register source, RowStore store, int slot) {
        return switch (source.physical()) {
            case LONG, DOUBLE -> true;
            case INT128 -> source.narrow() && store.isNarrow(slot);
            case BOOL, BYTES -> false;
        };
    }

    /**
     * The rows of a bitmap that may come before the row of a slot.
     *
     * @param ties whether rows with the same key may
     */
    void keep(
            SortKey key, Register source, int rows, RowStore store, int slot, boolean ties, long[] bits, long[] kept) {
        boolean beforeNull = store.isNull(slot);
        if (beforeNull) {
            // Values are on one side of it, nulls tie with it.
            Arrays.fill(found, key.nullsFirst() ? 0L : -1L);
        } else {
            compare(source, rows, store.orderAt(slot), key.descending(), ties);
        }
        boolean nulls = beforeNull ? ties : key.nullsFirst();
        for (int word = 0; word < Bits.WORDS; word++) {
            long valid = source.hasNulls() ? source.valid()[word] : -1L;
            kept[word] = bits[word] & (found[word] & valid | (nulls ? ~valid : 0));
        }
    }

    private void compare(Register source, int rows, long bound, boolean descending, boolean ties) {
        long[] values = source.longs();
        if (source.doubles().length > 0) {
            floatKeys = floatKeys.length == 0 ? new long[Stripes.VECTOR_ROWS] : floatKeys;
            LongCompare.order(source.doubles(), rows, floatKeys);
            values = floatKeys;
        }
        // What is not after the bound is before it, or the same.
        if (descending != ties) {
            LongCompare.greater(values, bound, rows, found);
        } else {
            LongCompare.less(values, bound, rows, found);
        }
        if (ties) {
            Bits.not(found);
        }
    }
}
