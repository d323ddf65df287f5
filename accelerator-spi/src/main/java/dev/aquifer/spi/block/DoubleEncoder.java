package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.type.TypeKind;
import java.util.List;

/** Chooses the encoding of floats: constant, a small dictionary, or plain. */
final class DoubleEncoder {
    private static final int MAX_DICTIONARY = 1_024;

    private DoubleEncoder() {}

    static Block encode(DoubleColumn column, BlockWriter writer) {
        if (!fewDistinct(column)) {
            return writer.plain();
        }
        List<Object> distinct = DistinctValues.of(column);
        if (distinct.size() == 1) {
            return writer.constant(distinct.getFirst());
        }
        long plainBytes = (column.type().kind() == TypeKind.FLOAT32 ? 4L : 8L) * column.size();
        long dictionaryBytes = 8L * distinct.size() + Packing.bytes(Packing.width(distinct.size() - 1L), column.size());
        return dictionaryBytes * 2 < plainBytes
                ? writer.dictionary(ColumnBuilder.of(column.type(), distinct), DistinctValues.codes(column, distinct))
                : writer.plain();
    }

    private static boolean fewDistinct(DoubleColumn column) {
        LongSet bits = new LongSet(MAX_DICTIONARY);
        for (int row = 0; row < column.size(); row++) {
            if (!column.isNull(row) && !bits.add(Double.doubleToLongBits(column.values()[row]))) {
                return false;
            }
        }
        return true;
    }
}
