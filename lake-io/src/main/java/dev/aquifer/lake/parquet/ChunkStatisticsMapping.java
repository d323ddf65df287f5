package dev.aquifer.lake.parquet;

import dev.aquifer.lake.format.FileMetadata.ChunkStatistics;
import dev.aquifer.lake.page.ColumnLayout;
import dev.aquifer.lake.page.Conversion;
import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.block.ZoneMaps;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.Physical;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * From a chunk's statistics to a zone map, with no bound that might be wrong: the old {@code min} and {@code max} count
 * only where their order was never in doubt (signed numbers), the new ones where the file says that they follow the order of
 * the type. Bounds that are NaN, out of order, of the wrong length or outside of the type are dropped.
 */
final class ChunkStatisticsMapping {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private ChunkStatisticsMapping() {}

    static ZoneMap map(ColumnLayout layout, @Nullable ChunkStatistics statistics, boolean typeOrdered, long rows) {
        boolean mayBeNan = layout.type().isFloat();
        if (statistics == null) {
            return new ZoneMap(layout.type(), rows, layout.optional() ? -1 : 0, null, null, false, false, mayBeNan);
        }
        long nulls = !layout.optional()
                ? 0
                : statistics.nullCount() < 0 || statistics.nullCount() > rows ? -1 : statistics.nullCount();
        Object min = null;
        Object max = null;
        if (typeOrdered || ordersAsSigned(layout)) {
            min = bound(layout, statistics.min());
            max = bound(layout, statistics.max());
        }
        if ((min == null || max == null) && ordersAsSigned(layout)) {
            min = bound(layout, statistics.oldMin());
            max = bound(layout, statistics.oldMax());
        }
        if (min == null || max == null || ZoneMaps.compare(min, max) > 0 || nulls == rows) {
            return new ZoneMap(layout.type(), rows, nulls, null, null, false, false, mayBeNan);
        }
        return new ZoneMap(
                layout.type(),
                rows,
                nulls,
                min,
                max,
                isExact(layout, min, statistics.minExact()),
                isExact(layout, max, statistics.maxExact()),
                mayBeNan);
    }

    /** Whether the order of the stored form, compared as signed numbers, is the order of the type. */
    private static boolean ordersAsSigned(ColumnLayout layout) {
        return switch (layout.stored()) {
            case BOOLEAN, FLOAT, DOUBLE -> true;
            case INT32, INT64 ->
                switch (layout.conversion()) {
                    // The bounds of unsigned types that fit their signed half are the same in both orders, but the
                    // statistics of a writer that compared others need not be.
                    case BOUNDED -> layout.low() < 0;
                    case UNSIGNED_INT, UNSIGNED_LONG -> false;
                    case NONE, SIGNED_LONG, MILLIS, NANOS -> true;
                    case INT96, DECIMAL, FLOAT16, TEXT -> false;
                };
            case INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> false;
        };
    }

    /**
     * Long text may be cut by the writer. A zero may stand for the other zero. The older statistics do not say whether they
     * are exact; those of numbers always are.
     */
    private static boolean isExact(ColumnLayout layout, Object bound, @Nullable Boolean said) {
        if (bound instanceof Double number) {
            return number != 0 && !Boolean.FALSE.equals(said);
        }
        return layout.conversion() == Conversion.TEXT ? Boolean.TRUE.equals(said) : !Boolean.FALSE.equals(said);
    }

    /** The bound as a physical value, or null where it says nothing. */
    private static @Nullable Object bound(ColumnLayout layout, byte @Nullable [] stored) {
        if (stored == null) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        return switch (layout.stored()) {
            case BOOLEAN -> stored.length == 1 ? (Object) (stored[0] != 0) : null;
            case INT32 -> stored.length == 4 ? integer(layout, buffer.getInt(0)) : null;
            case INT64 -> stored.length == 8 ? integer(layout, buffer.getLong(0)) : null;
            case FLOAT -> stored.length == 4 ? floating(buffer.getFloat(0)) : null;
            case DOUBLE -> stored.length == 8 ? floating(buffer.getDouble(0)) : null;
            case INT96 -> null;
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
                switch (layout.conversion()) {
                    case TEXT -> Bytes.of(stored);
                    case DECIMAL -> decimal(layout, stored);
                    case FLOAT16 -> stored.length == 2 ? floating(Float.float16ToFloat(buffer.getShort(0))) : null;
                    case NONE, BOUNDED, UNSIGNED_INT, UNSIGNED_LONG, SIGNED_LONG, MILLIS, NANOS, INT96 -> null;
                };
        };
    }

    private static @Nullable Object integer(ColumnLayout layout, long value) {
        return switch (layout.conversion()) {
            case NONE -> value;
            case BOUNDED -> value < layout.low() || value > layout.high() ? null : (Object) value;
            case UNSIGNED_INT -> value & 0xffff_ffffL;
            case UNSIGNED_LONG -> {
                BigInteger big = BigInteger.valueOf(value);
                yield value < 0 ? big.add(TWO_TO_64) : big;
            }
            case SIGNED_LONG -> BigInteger.valueOf(value);
            case MILLIS ->
                value > Long.MAX_VALUE / 1000 || value < -(Long.MAX_VALUE / 1000) ? null : (Object) (value * 1000);
            case NANOS -> Math.floorDiv(value, 1000L);
            case INT96, DECIMAL, FLOAT16, TEXT -> null;
        };
    }

    private static @Nullable Object floating(double value) {
        return Double.isNaN(value) ? null : (Object) value;
    }

    private static @Nullable Object decimal(ColumnLayout layout, byte[] stored) {
        if (stored.length == 0 || stored.length > 64) {
            return null;
        }
        BigInteger value = new BigInteger(stored);
        if (value.abs().compareTo(layout.type().maxUnscaled()) > 0 || !Int128.fits(value)) {
            return null;
        }
        return layout.type().physical() == Physical.LONG ? (Object) value.longValueExact() : value;
    }
}
