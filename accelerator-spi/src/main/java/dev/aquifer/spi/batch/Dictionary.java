package dev.aquifer.spi.batch;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The values that codes stand for, in the order of a file, which may be any, and may name a value twice. Shared by the
 * stripes of a column chunk, and sorted once for all of them. Thread-safe.
 */
public final class Dictionary {
    private final BytesColumn values;
    private volatile int @Nullable [] ranks;

    /** @param values none of them null */
    public Dictionary(BytesColumn values) {
        if (values.nullCount() != 0) {
            throw new IllegalArgumentException("a dictionary of " + values.size() + " values has nulls");
        }
        this.values = values;
    }

    public BytesColumn values() {
        return values;
    }

    public int size() {
        return values.size();
    }

    /** For each value how many different values are less than it: equal values have the same rank. */
    public int[] ranks() {
        int[] known = ranks;
        if (known == null) {
            known = sorted();
            ranks = known;
        }
        return known;
    }

    private int[] sorted() {
        int[] order = IntStream.range(0, values.size())
                .boxed()
                .sorted(values::compare)
                .mapToInt(Integer::intValue)
                .toArray();
        int[] found = new int[order.length];
        int rank = 0;
        for (int i = 0; i < order.length; i++) {
            if (i > 0 && values.compare(order[i - 1], order[i]) != 0) {
                rank++;
            }
            found[order[i]] = rank;
        }
        return found;
    }
}
