package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Chooses the encoding of 64-bit integers. */
final class LongEncoder {
    /** More distinct values than this are not worth counting: their dictionary would not stay in L1. */
    private static final int MAX_DICTIONARY = 4_096;

    private LongEncoder() {}

    static Block encode(LongColumn column, BlockWriter writer) {
        long min = (Long) Objects.requireNonNull(writer.zone().min());
        long max = (Long) Objects.requireNonNull(writer.zone().max());
        if (min == max) {
            return writer.constant(min);
        }
        long factor = factor(column, min, max);
        int width = scanWidth(Packing.width(Long.divideUnsigned(max - min, factor)));
        long packedBytes = Packing.bytes(width, column.size());
        if (runs(column) * 12L * 2 < packedBytes) {
            return writer.runs();
        }
        if (width > 16) {
            long[] distinct = distinct(column);
            long dictionaryBytes =
                    8L * distinct.length + Packing.bytes(Packing.width(distinct.length - 1L), column.size());
            if (distinct.length > 0 && dictionaryBytes * 4 < packedBytes * 3) {
                return writer.dictionary(box(distinct), codes(column, distinct));
            }
        }
        return packed(column, writer, width, min, factor);
    }

    static Block packed(LongColumn column, BlockWriter writer) {
        long min = (Long) Objects.requireNonNull(writer.zone().min());
        long max = (Long) Objects.requireNonNull(writer.zone().max());
        long factor = factor(column, min, max);
        return packed(column, writer, Packing.width(Long.divideUnsigned(max - min, factor)), min, factor);
    }

    private static Block packed(LongColumn column, BlockWriter writer, int width, long base, long factor) {
        long[] codes = new long[column.size()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = column.isNull(row) ? 0 : column.values()[row] - base;
        }
        if (factor != 1) {
            for (int row = 0; row < codes.length; row++) {
                codes[row] /= factor;
            }
        }
        return writer.packed(codes, width, base, base >> 63, factor);
    }

    /**
     * The greatest common divisor of all distances to the least value, as of whole amounts kept in hundredths or of whole
     * seconds kept in microseconds; 1 where there is none, or distances do not fit 63 bits.
     */
    private static long factor(LongColumn column, long min, long max) {
        long[] values = column.values();
        long divisor = max - min;
        if (divisor <= 0) {
            return 1;
        }
        for (int row = 0; row < column.size() && divisor != 1; row++) {
            if (!column.isNull(row)) {
                long rest = (values[row] - min) % divisor;
                while (rest != 0) {
                    long next = divisor % rest;
                    divisor = rest;
                    rest = next;
                }
            }
        }
        return divisor;
    }

    /** A width that nearly fills its lane is rounded up to it: such codes need no unpacking. */
    private static int scanWidth(int width) {
        int lane = Packing.laneBits(width);
        return width * 16 >= lane * 15 ? lane : width;
    }

    private static long runs(LongColumn column) {
        long runs = 1;
        long[] values = column.values();
        for (int row = 1; row < column.size(); row++) {
            runs += values[row] != values[row - 1] ? 1 : 0;
        }
        return runs;
    }

    /** Sorted distinct values, or none where there are too many. */
    private static long[] distinct(LongColumn column) {
        LongSet seen = new LongSet(MAX_DICTIONARY);
        for (int row = 0; row < column.size(); row++) {
            if (!column.isNull(row) && !seen.add(column.values()[row])) {
                return new long[0];
            }
        }
        return seen.sorted();
    }

    private static long[] codes(LongColumn column, long[] distinct) {
        long[] codes = new long[column.size()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = column.isNull(row) ? 0 : Arrays.binarySearch(distinct, column.values()[row]);
        }
        return codes;
    }

    private static List<Object> box(long[] values) {
        List<Object> boxed = new ArrayList<>(values.length);
        for (long value : values) {
            boxed.add(value);
        }
        return boxed;
    }
}
