package dev.aquifer.lake.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.lake.format.FileMetadata.ChunkStatistics;
import dev.aquifer.lake.format.PhysicalType;
import dev.aquifer.lake.page.ColumnLayout;
import dev.aquifer.lake.page.Conversion;
import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A bound that is wrong loses rows: what is not certain must not become one. */
class ChunkStatisticsMappingTest {
    private static final ColumnLayout INT64 = layout(DataType.INT64, PhysicalType.INT64, Conversion.NONE);
    private static final ColumnLayout FLOAT64 = layout(DataType.FLOAT64, PhysicalType.DOUBLE, Conversion.NONE);
    private static final ColumnLayout TEXT = layout(DataType.VARCHAR, PhysicalType.BYTE_ARRAY, Conversion.TEXT);
    private static final ColumnLayout UINT32 = layout(DataType.INT64, PhysicalType.INT32, Conversion.UNSIGNED_INT);

    private static ColumnLayout layout(DataType type, PhysicalType stored, Conversion conversion) {
        return new ColumnLayout(type, stored, 0, true, conversion, 0, 0);
    }

    private static byte[] le(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static byte[] le(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] le(double value) {
        return le(Double.doubleToRawLongBits(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ChunkStatistics recent(byte @Nullable [] min, byte @Nullable [] max) {
        return new ChunkStatistics(null, null, min, max, 3, null, null);
    }

    private static ChunkStatistics old(byte[] min, byte[] max) {
        return new ChunkStatistics(min, max, null, null, 3, null, null);
    }

    private static ZoneMap map(ColumnLayout layout, ChunkStatistics statistics) {
        return ChunkStatisticsMapping.map(layout, statistics, true, 10);
    }

    private static void unknown(ZoneMap zone) {
        assertNull(zone.min(), zone::toString);
        assertNull(zone.max(), zone::toString);
        assertFalse(zone.minExact() || zone.maxExact());
    }

    @Test
    void numbersAreTakenFromEitherForm() {
        ZoneMap zone = map(INT64, recent(le(-5L), le(7L)));
        assertEquals(new ZoneMap(DataType.INT64, 10, 3, -5L, 7L, true, true, false), zone);
        assertEquals(zone, map(INT64, old(le(-5L), le(7L))));
        assertEquals(zone, ChunkStatisticsMapping.map(INT64, recent(le(-5L), le(7L)), false, 10));
        assertFalse(map(INT64, new ChunkStatistics(null, null, le(1L), le(2L), 0, true, false))
                .maxExact());
    }

    @Test
    void whatHasNoCertainOrderIsIgnored() {
        unknown(map(TEXT, old(utf8("a"), utf8("b"))));
        unknown(map(UINT32, old(le(1), le(2))));
        unknown(ChunkStatisticsMapping.map(TEXT, recent(utf8("a"), utf8("b")), false, 10));
        unknown(ChunkStatisticsMapping.map(UINT32, recent(le(1), le(2)), false, 10));
        ColumnLayout small = new ColumnLayout(DataType.INT16, PhysicalType.INT32, 0, true, Conversion.BOUNDED, 0, 255);
        unknown(map(small, old(le(1), le(2))));
        ColumnLayout decimal = layout(DataType.decimal(10, 2), PhysicalType.BYTE_ARRAY, Conversion.DECIMAL);
        unknown(map(decimal, old(new byte[] {1}, new byte[] {2})));
        unknown(map(
                layout(DataType.TIMESTAMP, PhysicalType.INT96, Conversion.INT96), recent(new byte[12], new byte[12])));
    }

    @Test
    void nonsenseIsIgnored() {
        unknown(map(INT64, recent(le(7L), le(-5L))));
        unknown(map(INT64, recent(le(7), le(8))));
        unknown(map(INT64, recent(null, le(8L))));
        unknown(map(INT64, recent(new byte[0], new byte[0])));
        unknown(map(FLOAT64, recent(le(Double.NaN), le(1.0))));
        unknown(map(FLOAT64, old(le(0.0), le(Double.NaN))));
        ColumnLayout int8 = new ColumnLayout(DataType.INT8, PhysicalType.INT32, 0, true, Conversion.BOUNDED, -128, 127);
        unknown(map(int8, recent(le(-129), le(5))));
        ColumnLayout millis = layout(DataType.TIMESTAMP, PhysicalType.INT64, Conversion.MILLIS);
        unknown(map(millis, recent(le(Long.MIN_VALUE), le(5L))));
        ColumnLayout decimal = layout(DataType.decimal(3, 0), PhysicalType.BYTE_ARRAY, Conversion.DECIMAL);
        unknown(map(decimal, recent(new byte[] {1}, new byte[] {127, 127})));
    }

    @Test
    void floatsMayAlwaysBeNanAndZerosMayHaveEitherSign() {
        ZoneMap zone = map(FLOAT64, recent(le(0.0), le(2.5)));
        assertTrue(zone.hasNan());
        assertFalse(zone.minExact());
        assertTrue(zone.maxExact());
        assertTrue(ChunkStatisticsMapping.map(FLOAT64, null, true, 10).hasNan());
    }

    @Test
    void textMayBeCut() {
        ZoneMap zone = map(TEXT, recent(utf8("a"), utf8("b")));
        assertEquals(Bytes.utf8("b"), zone.max());
        assertFalse(zone.minExact() || zone.maxExact());
        ZoneMap said = map(TEXT, new ChunkStatistics(null, null, utf8("a"), utf8("b"), 0, true, false));
        assertTrue(said.minExact());
        assertFalse(said.maxExact());
    }

    @Test
    void conversionsKeepTheOrder() {
        assertEquals(0xffff_ffffL, map(UINT32, recent(le(0), le(-1))).max());
        ColumnLayout uint64 = layout(DataType.decimal(20, 0), PhysicalType.INT64, Conversion.UNSIGNED_LONG);
        assertEquals(
                new BigInteger("18446744073709551615"),
                map(uint64, recent(le(1L), le(-1L))).max());
        ColumnLayout nanos = layout(DataType.TIMESTAMP, PhysicalType.INT64, Conversion.NANOS);
        assertEquals(-1L, map(nanos, recent(le(-1L), le(999L))).min());
        assertEquals(0L, map(nanos, recent(le(-1L), le(999L))).max());
        ColumnLayout decimal = layout(DataType.decimal(30, 2), PhysicalType.FIXED_LEN_BYTE_ARRAY, Conversion.DECIMAL);
        ZoneMap zone = map(decimal, recent(new byte[] {-1, -2}, new byte[] {0, 5}));
        assertEquals(BigInteger.valueOf(-2), zone.min());
        assertEquals(BigInteger.valueOf(5), zone.max());
        ColumnLayout half = layout(DataType.FLOAT32, PhysicalType.FIXED_LEN_BYTE_ARRAY, Conversion.FLOAT16);
        assertEquals(
                1.0,
                map(half, recent(new byte[] {0, -0x44}, new byte[] {0, 0x3c})).max());
    }

    @Test
    void nullCountsAreTakenWherePossible() {
        assertEquals(
                -1,
                map(INT64, new ChunkStatistics(null, null, null, null, -1, null, null))
                        .nullCount());
        assertEquals(
                -1,
                map(INT64, new ChunkStatistics(null, null, null, null, 11, null, null))
                        .nullCount());
        assertEquals(-1, ChunkStatisticsMapping.map(INT64, null, true, 10).nullCount());
        assertTrue(map(INT64, new ChunkStatistics(null, null, null, null, 10, null, null))
                .allNull());
        ColumnLayout required = new ColumnLayout(DataType.INT64, PhysicalType.INT64, 0, false, Conversion.NONE, 0, 0);
        assertEquals(0, ChunkStatisticsMapping.map(required, null, true, 10).nullCount());
    }
}
