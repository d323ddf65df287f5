package dev.aquifer.lake.page;

import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.CodedColumn;
import dev.aquifer.spi.batch.Dictionary;

/** The codes of a stripe that is being filled; as {@link StripeBuffer}, before the dictionary is looked into. */
final class CodeBuffer {
    final int[] codes;
    /** Set bits are rows that are not null; of optional columns only. */
    final long[] validity;

    private int nulls;

    CodeBuffer(int rows, boolean optional) {
        this.codes = new int[rows];
        this.validity = new long[optional ? Bitmap.words(rows) : 0];
    }

    /** Moves {@code dense} codes that were read to {@code row} on to those of the {@code count} rows that are not null. */
    void spread(int row, int count, int dense) {
        nulls += count - dense;
        int from = row + dense - 1;
        for (int to = row + count - 1; to > from && from >= row; to--) {
            if (Bitmap.get(validity, to)) {
                codes[to] = codes[from--];
            }
        }
    }

    /** Decodes the first {@code count} rows into a stripe. */
    void decode(StripeBuffer dictionary, StripeBuffer stripe, int count) {
        System.arraycopy(validity, 0, stripe.validity, 0, validity.length);
        int present = 0;
        for (int row = 0; row < count; row++) {
            if (validity.length == 0 || Bitmap.get(validity, row)) {
                codes[present++] = codes[row];
            }
        }
        stripe.gather(dictionary, codes, 0, 0, present);
        if (present < count) {
            stripe.nulls += count - present;
            stripe.spread(0, count, present);
        }
    }

    /** Bytes of the text that the rows stand for. */
    long textBytes(StripeBuffer dictionary) {
        int[] starts = dictionary.offsets;
        long bytes = 0;
        for (int row = 0; row < codes.length; row++) {
            if (nulls == 0 || Bitmap.get(validity, row)) {
                bytes += starts[codes[row] + 1] - starts[codes[row]];
            }
        }
        return bytes;
    }

    /** The column; the buffer must not be used afterwards. */
    CodedColumn build(Dictionary dictionary) {
        return new CodedColumn(dictionary, codes.length, codes, nulls == 0 ? null : validity);
    }
}
