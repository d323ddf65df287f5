package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.BytesColumn;
import java.util.List;

/** Chooses the encoding of byte strings: constant, dictionary or plain. */
final class BytesEncoder {
    private BytesEncoder() {}

    static Block encode(BytesColumn column, BlockWriter writer) {
        int limit = Math.max(1, column.size() / 4);
        List<Object> distinct = DistinctValues.upTo(column, limit);
        if (distinct == null) {
            return writer.plain();
        }
        if (distinct.size() == 1) {
            return writer.constant(distinct.getFirst());
        }
        return writer.dictionary(distinct);
    }
}
