package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.type.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Chooses the encoding of byte strings: constant, dictionary or plain. */
final class BytesEncoder {
    private BytesEncoder() {}

    static Block encode(BytesColumn column, BlockWriter writer) {
        BytesDistinct distinct = BytesDistinct.of(column, Math.max(1, column.size() / 4));
        if (distinct.tooMany()) {
            return writer.plain();
        }
        int[] firstRows = distinct.firstRows();
        if (firstRows.length == 1) {
            return writer.constant(ColumnBounds.bytes(column, firstRows[0]));
        }
        Integer[] sorted = new Integer[firstRows.length];
        Arrays.setAll(sorted, i -> i);
        Arrays.sort(sorted, (left, right) -> ColumnBounds.compare(column, firstRows[left], firstRows[right]));
        int[] rank = new int[firstRows.length];
        List<Object> values = new ArrayList<>(sorted.length);
        for (int i = 0; i < sorted.length; i++) {
            rank[sorted[i]] = i;
            Bytes value = ColumnBounds.bytes(column, firstRows[sorted[i]]);
            values.add(value);
        }
        long[] codes = new long[column.size()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = column.isNull(row) ? 0 : rank[distinct.id(row)];
        }
        return writer.dictionary(values, codes);
    }
}
