package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.LongColumn;
import java.util.Arrays;
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
        LongFrame frame = LongFrame.of(column, min, max).scanned();
        long packedBytes = Packing.bytes(frame.width(), column.size());
        // Half the packed bytes, at 12 bytes a run.
        Runs runs = Runs.of(column, (int) ((packedBytes - 1) / 24));
        if (runs != null) {
            return writer.runs(runs);
        }
        if (frame.width() > 16) {
            long[] distinct = distinct(column);
            if (distinct.length > 0 && dictionaryPays(distinct.length, column.size(), packedBytes)) {
                LongColumn values = new LongColumn(column.type(), distinct.length, distinct, null);
                return writer.dictionary(values, codes(column, distinct));
            }
        }
        return writer.packed(column, frame);
    }

    private static boolean dictionaryPays(int distinct, int rows, long packedBytes) {
        long bytes = 8L * distinct + Packing.bytes(Packing.width(distinct - 1L), rows);
        return bytes * 4 < packedBytes * 3;
    }

    static Block packed(LongColumn column, BlockWriter writer) {
        long min = (Long) Objects.requireNonNull(writer.zone().min());
        long max = (Long) Objects.requireNonNull(writer.zone().max());
        return writer.packed(column, LongFrame.of(column, min, max));
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

    private static int[] codes(LongColumn column, long[] distinct) {
        int[] codes = new int[column.size()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = column.isNull(row) ? 0 : Arrays.binarySearch(distinct, column.values()[row]);
        }
        return codes;
    }
}
