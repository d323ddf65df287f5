package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.BoolColumn;
import java.util.Objects;

/** Chooses the encoding of booleans: constant or a plain bitmap. */
final class BoolEncoder {
    private BoolEncoder() {}

    static Block encode(BoolColumn column, BlockWriter writer) {
        Object min = Objects.requireNonNull(writer.zone().min());
        return min.equals(writer.zone().max()) ? writer.constant(min) : writer.plain();
    }
}
