package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.BytesColumn;
import java.util.stream.IntStream;

/** Chooses the encoding of byte strings: constant, dictionary or plain. */
final class BytesEncoder {
    private BytesEncoder() {}

    static Block encode(BytesColumn column, BlockWriter writer) {
        BytesDistinct distinct = BytesDistinct.of(column, mostDistinct(column.size()));
        if (distinct.tooMany()) {
            return writer.plain();
        }
        int[] firstRows = distinct.firstRows();
        if (firstRows.length == 1) {
            return writer.constant(ColumnBounds.bytes(column, firstRows[0]));
        }
        int[] sorted = IntStream.range(0, firstRows.length)
                .boxed()
                .sorted((left, right) -> column.compare(firstRows[left], firstRows[right]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] rank = new int[firstRows.length];
        int[] rows = new int[firstRows.length];
        for (int i = 0; i < sorted.length; i++) {
            rank[sorted[i]] = i;
            rows[i] = firstRows[sorted[i]];
        }
        int[] codes = new int[column.size()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = column.isNull(row) ? 0 : rank[distinct.id(row)];
        }
        return writer.dictionary(pick(column, rows, rows.length), codes);
    }

    /** The most distinct values of a dictionary. */
    static int mostDistinct(int rows) {
        return Math.max(1, rows / 4);
    }

    /** Some rows of a column, in the order given. */
    static BytesColumn pick(BytesColumn column, int[] rows, int count) {
        int[] offsets = new int[count + 1];
        for (int i = 0; i < count; i++) {
            offsets[i + 1] = Math.addExact(offsets[i], column.length(rows[i]));
        }
        byte[] data = new byte[offsets[count]];
        for (int i = 0; i < count; i++) {
            System.arraycopy(column.data(), column.offsets()[rows[i]], data, offsets[i], column.length(rows[i]));
        }
        return new BytesColumn(column.type(), count, data, offsets, null);
    }
}
