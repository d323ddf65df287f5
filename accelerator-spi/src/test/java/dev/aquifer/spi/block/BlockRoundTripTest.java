package dev.aquifer.spi.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every encoding gives back the very bits it was made from. */
final class BlockRoundTripTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());
    private static final int[] SIZES = {1, 2, 63, 64, 65, 1023, 1024, 1025, 65535, 65536};

    /** How the values of a column lie. */
    private enum Shape {
        CONSTANT,
        FEW,
        RUNS,
        NARROW,
        WIDE
    }

    private enum Nulls {
        NONE,
        ALL,
        ALTERNATING,
        RANDOM,
        ALL_BUT_LAST
    }

    private final Random random = new Random(SEED);

    static List<DataType> types() {
        return List.of(
                DataType.BOOLEAN,
                DataType.INT8,
                DataType.INT16,
                DataType.INT32,
                DataType.INT64,
                DataType.decimal(9, 2),
                DataType.decimal(18, 18),
                DataType.decimal(19, 0),
                DataType.decimal(38, 10),
                DataType.FLOAT32,
                DataType.FLOAT64,
                DataType.DATE,
                DataType.TIMESTAMP,
                DataType.VARCHAR);
    }

    private Object narrow(DataType type) {
        int small = random.nextInt(100) - 50;
        return switch (type.physical()) {
            case BOOL -> random.nextBoolean();
            case LONG -> Math.clamp((long) small, type.minLong(), type.maxLong());
            case INT128 -> BigInteger.valueOf(small);
            case DOUBLE -> small / 4.0;
            case BYTES -> Bytes.utf8("v" + small);
        };
    }

    private Object wide(DataType type) {
        return switch (type.physical()) {
            case BOOL -> random.nextBoolean();
            case LONG ->
                switch (random.nextInt(4)) {
                    case 0 -> type.minLong();
                    case 1 -> type.maxLong();
                    default -> Math.clamp(random.nextLong() >> random.nextInt(64), type.minLong(), type.maxLong());
                };
            case INT128 ->
                switch (random.nextInt(4)) {
                    case 0 -> type.maxUnscaled();
                    case 1 -> type.maxUnscaled().negate();
                    default ->
                        new BigInteger(random.nextInt(62), random)
                                .shiftLeft(random.nextInt(2))
                                .negate();
                };
            case DOUBLE -> {
                List<Double> special = List.of(
                        0.0,
                        -0.0,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        (double) Float.MIN_VALUE,
                        (double) Float.MAX_VALUE);
                yield random.nextInt(3) == 0
                        ? special.get(random.nextInt(special.size()))
                        : type.equals(DataType.FLOAT32)
                                ? (double) (float) random.nextGaussian()
                                : random.nextGaussian();
            }
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(200) : random.nextInt(8)];
                random.nextBytes(bytes);
                yield Bytes.of(bytes);
            }
        };
    }

    private Column column(DataType type, int rows, Shape shape, Nulls nulls) {
        List<Object> few = List.of(narrow(type), wide(type), narrow(type), wide(type));
        List<@Nullable Object> values = new ArrayList<>(rows);
        Object current = wide(type);
        for (int row = 0; row < rows; row++) {
            current = switch (shape) {
                case CONSTANT -> current;
                case FEW -> few.get(random.nextInt(4));
                case RUNS -> random.nextInt(30) == 0 ? few.get(random.nextInt(4)) : current;
                case NARROW -> narrow(type);
                case WIDE -> wide(type);
            };
            boolean isNull = switch (nulls) {
                case NONE -> false;
                case ALL -> true;
                case ALTERNATING -> row % 2 == 1;
                case RANDOM -> random.nextInt(4) == 0;
                case ALL_BUT_LAST -> row < rows - 1;
            };
            values.add(isNull ? null : current);
        }
        return ColumnBuilder.of(type, values);
    }

    private void check(Column column, Block block, String what) {
        assertTrue(block.checksumMatches(), what);
        assertEquals(column.type(), block.type(), what);
        assertEquals(column.size(), block.rows(), what);
        assertEquals(column.nullCount(), block.nullCount(), what);
        assertEquals(block.segment().byteSize(), block.byteSize(), what);
        Column decoded = BlockDecoder.decode(block);
        for (int row = 0; row < column.size(); row++) {
            Object expected = column.value(row);
            Object actual = decoded.value(row);
            if (expected instanceof Double value && !value.isNaN()) {
                // Equality of doubles by bits also tells the zeros apart.
                assertEquals(
                        Double.doubleToRawLongBits(value),
                        Double.doubleToRawLongBits((Double) Objects.requireNonNull(actual)),
                        () -> what);
            } else {
                assertEquals(expected, actual, () -> what);
            }
        }
        assertArrayEquals(column.nullCount() == 0 ? null : column.validity(), BlockDecoder.validity(block), what);
        checkZone(column, block, what);
    }

    private static void checkZone(Column column, Block block, String what) {
        ZoneMap zone = block.zoneMap();
        assertEquals(column.size(), zone.rows(), what);
        assertEquals(column.nullCount(), zone.nullCount(), what);
        boolean minSeen = false;
        boolean maxSeen = false;
        for (int row = 0; row < column.size(); row++) {
            Object value = column.value(row);
            if (value == null) {
                continue;
            }
            if (value instanceof Double number && number.isNaN()) {
                assertTrue(zone.hasNan(), what);
                continue;
            }
            Object min = zone.min();
            Object max = zone.max();
            if (min == null || max == null) {
                // Only a text of 0xff bytes has no bound above it.
                assertEquals(Physical.BYTES, column.type().physical(), what);
                return;
            }
            assertTrue(ZoneMaps.compare(min, value) <= 0 && ZoneMaps.compare(max, value) >= 0, what);
            minSeen |= ZoneMaps.compare(min, value) == 0;
            maxSeen |= ZoneMaps.compare(max, value) == 0;
        }
        assertTrue(zone.min() == null || !zone.minExact() || minSeen, what);
        assertTrue(zone.max() == null || !zone.maxExact() || maxSeen, what);
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyEncodingGivesBackItsColumn(DataType type) {
        Set<Encoding> used = EnumSet.noneOf(Encoding.class);
        for (int rows : SIZES) {
            for (Shape shape : Shape.values()) {
                for (Nulls nulls : Nulls.values()) {
                    // Whole stripes are slow to box: a few of them are enough.
                    if (rows > 2000 && random.nextInt(12) > 0) {
                        continue;
                    }
                    Column column = column(type, rows, shape, nulls);
                    String what = type + " " + rows + " " + shape + " " + nulls + " seed " + SEED + " ";
                    try (Arena arena = Arena.ofConfined()) {
                        check(column, BlockEncoder.encode(column, arena), what);
                        for (Encoding encoding : Encoding.values()) {
                            if (BlockEncoder.supports(column, encoding)) {
                                Block block = BlockEncoder.encode(column, encoding, arena);
                                assertEquals(encoding, block.encoding(), what);
                                check(column, block, what + encoding + " ");
                                used.add(encoding);
                            }
                        }
                    }
                }
            }
        }
        Set<Encoding> expected = switch (type.physical()) {
            case BOOL -> EnumSet.of(Encoding.CONSTANT, Encoding.PLAIN);
            case LONG -> EnumSet.complementOf(EnumSet.of(Encoding.PLAIN));
            case INT128 -> EnumSet.allOf(Encoding.class);
            case DOUBLE, BYTES -> EnumSet.complementOf(EnumSet.of(Encoding.PACKED));
        };
        assertEquals(expected, used, type.toString());
    }

    @Test
    void anyFlippedBitIsCaught() {
        Column column = column(DataType.VARCHAR, 65, Shape.WIDE, Nulls.RANDOM);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment =
                    BlockEncoder.encode(column, Encoding.PLAIN, arena).segment();
            for (long at = 0; at < segment.byteSize(); at++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte good = segment.get(ValueLayout.JAVA_BYTE, at);
                    segment.set(ValueLayout.JAVA_BYTE, at, (byte) (good ^ 1 << bit));
                    assertFalse(intact(segment), "bit " + bit + " of byte " + at);
                    segment.set(ValueLayout.JAVA_BYTE, at, good);
                }
            }
            assertTrue(intact(segment));
        }
    }

    /** As whoever reads a block from a disk asks. */
    private static boolean intact(MemorySegment segment) {
        try {
            return Block.wrap(segment).checksumMatches();
        } catch (AquiferException e) {
            assertEquals(ErrorCode.CORRUPT_FILE, e.code());
            return false;
        }
    }

    @Test
    void truncatedBlocksAreCorrupt() {
        Column column = column(DataType.INT64, 1025, Shape.WIDE, Nulls.NONE);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = BlockEncoder.encode(column, arena).segment();
            for (long size : List.of(0L, 1L, 127L, 128L, segment.byteSize() - 1)) {
                AquiferException thrown =
                        assertThrows(AquiferException.class, () -> Block.wrap(segment.asSlice(0, size)));
                assertEquals(ErrorCode.CORRUPT_FILE, thrown.code());
            }
        }
    }

    @Test
    void longTextsAreCutInZoneMaps() {
        String stem = "\u00e9".repeat(40);
        Column column = ColumnBuilder.of(
                DataType.VARCHAR, List.of(Bytes.utf8(stem + "a"), Bytes.utf8(stem + "b"), Bytes.utf8(stem)));
        try (Arena arena = Arena.ofConfined()) {
            ZoneMap zone = BlockEncoder.encode(column, arena).zoneMap();
            assertFalse(zone.minExact() || zone.maxExact());
            assertEquals(64, ((Bytes) Objects.requireNonNull(zone.min())).length());
            assertTrue(((Bytes) Objects.requireNonNull(zone.max())).compareTo(Bytes.utf8(stem + "b")) > 0);
            byte[] highest = new byte[70];
            Arrays.fill(highest, (byte) 0xff);
            Column top = ColumnBuilder.of(DataType.VARCHAR, List.of(Bytes.utf8("a"), Bytes.of(highest)));
            assertEquals(null, BlockEncoder.encode(top, arena).zoneMap().max());
        }
    }

    @Test
    void packsEveryWidth() {
        for (int width = 0; width <= 64; width++) {
            long mask = width == 64 ? -1 : (1L << width) - 1;
            for (int rows : new int[] {1, 63, 64, 65, 1000, 1024}) {
                long[] codes = new long[rows + 3];
                for (int i = 0; i < codes.length; i++) {
                    codes[i] = (i % 5 == 0 ? mask : i % 7 == 0 ? 0 : random.nextLong()) & mask;
                }
                try (Arena arena = Arena.ofConfined()) {
                    MemorySegment packed = arena.allocate(Packing.vectorBytes(width) + 16L);
                    Packing.pack(codes, 3, codes.length, width, packed, 8);
                    for (int i = 0; i < 1024; i++) {
                        long expected = i < rows ? codes[i + 3] : 0;
                        assertEquals(expected, Packing.get(packed, 8, width, i), "width " + width + " row " + i);
                    }
                    assertEquals(0, packed.get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
                    assertEquals(0, packed.get(ValueLayout.JAVA_LONG_UNALIGNED, Packing.vectorBytes(width) + 8L));
                }
            }
            assertEquals(width, Packing.width(mask));
        }
    }

    @Test
    void codesCountInTheCommonDivisorOfTheirDistances() {
        long[] values = new long[5_000];
        for (int row = 0; row < values.length; row++) {
            values[row] = -250 + 100L * random.nextInt(51);
        }
        values[17] = -250;
        values[18] = 4_850;
        Block block = BlockEncoder.encode(
                new LongColumn(DataType.INT64, values.length, values, null), Encoding.PACKED, Arena.ofAuto());
        assertEquals(100, block.factor(), "seed " + SEED);
        assertEquals(6, block.width(), "seed " + SEED);
        for (int row = 0; row < values.length; row++) {
            assertEquals(values[row], BlockDecoder.value(block, row), "seed " + SEED + ", row " + row);
        }
    }

    @Test
    void noDivisorWhereDistancesDoNotFit() {
        long[] values = {Long.MIN_VALUE, 0, Long.MAX_VALUE - 1, Long.MAX_VALUE};
        Block block = BlockEncoder.encode(
                new LongColumn(DataType.INT64, values.length, values, null), Encoding.PACKED, Arena.ofAuto());
        assertEquals(1, block.factor());
        for (int row = 0; row < values.length; row++) {
            assertEquals(values[row], BlockDecoder.value(block, row));
        }
    }
}
