package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.type.Int128;
import java.math.BigInteger;
import java.util.Objects;

/** Chooses the encoding of 128-bit integers: a 64-bit frame where the range allows it, else plain. */
final class Int128Encoder {
    private Int128Encoder() {}

    static Block encode(Int128Column column, BlockWriter writer) {
        BigInteger min = (BigInteger) Objects.requireNonNull(writer.zone().min());
        BigInteger max = (BigInteger) Objects.requireNonNull(writer.zone().max());
        if (min.equals(max)) {
            return writer.constant(min);
        }
        return max.subtract(min).bitLength() <= 64 ? packed(column, writer) : writer.plain();
    }

    static boolean rangeFits(Int128Column column) {
        ZoneMap zone = ZoneMaps.of(column);
        BigInteger min = (BigInteger) Objects.requireNonNull(zone.min());
        BigInteger max = (BigInteger) Objects.requireNonNull(zone.max());
        return max.subtract(min).bitLength() <= 64;
    }

    static Block packed(Int128Column column, BlockWriter writer) {
        BigInteger min = (BigInteger) Objects.requireNonNull(writer.zone().min());
        BigInteger max = (BigInteger) Objects.requireNonNull(writer.zone().max());
        int width = max.subtract(min).bitLength();
        long base = min.longValue();
        long[] codes = new long[column.size()];
        for (int row = 0; row < codes.length; row++) {
            // The difference fits 64 bits, so the low halves alone give it.
            codes[row] = column.isNull(row) ? 0 : column.low()[row] - base;
        }
        return writer.packed(codes, width, base, Int128.high(min), 1);
    }
}
