package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.type.TypeKind;
import java.util.List;

/** Chooses the encoding of floats: constant, a small dictionary, or plain. */
final class DoubleEncoder {
    private static final int MAX_DICTIONARY = 1_024;

    private DoubleEncoder() {}

    static Block encode(DoubleColumn column, BlockWriter writer) {
        List<Object> distinct = DistinctValues.upTo(column, MAX_DICTIONARY);
        if (distinct == null) {
            return writer.plain();
        }
        if (distinct.size() == 1) {
            return writer.constant(distinct.getFirst());
        }
        long plainBytes = (column.type().kind() == TypeKind.FLOAT32 ? 4L : 8L) * column.size();
        long dictionaryBytes = 8L * distinct.size() + Packing.bytes(Packing.width(distinct.size() - 1L), column.size());
        return dictionaryBytes * 2 < plainBytes ? writer.dictionary(distinct) : writer.plain();
    }
}
