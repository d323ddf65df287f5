package dev.aquifer.spi.block;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.type.DataType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Frames of 64-bit integers: the factor is the divisor that plain arithmetic finds, and codes come back as the values. */
class LongFrameTest {
    private static final long SEED = Long.getLong("aquifer.seed", 20_260_412L);

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void theFactorIsTheGreatestCommonDivisor() {
        for (int round = 0; round < 2_000; round++) {
            long factor = round % 4 == 0 ? 1L << random.nextInt(62) : random.nextLong(1, 1L << random.nextInt(1, 62));
            long most = (Long.MAX_VALUE - 1) / factor;
            long codes = round % 3 == 0 ? most : Math.min(most, random.nextLong(1, 70_000));
            long base = random.nextLong();
            base = base > Long.MAX_VALUE - codes * factor ? base - codes * factor : base;
            long[] values = new long[random.nextInt(2, 40)];
            for (int row = 0; row < values.length; row++) {
                values[row] = base + random.nextLong(codes + 1) * factor;
            }
            check(new LongColumn(DataType.INT64, values.length, values, null));
        }
    }

    @Test
    void extremesAndNulls() {
        long[][] all = {
            {Long.MIN_VALUE, Long.MAX_VALUE},
            {Long.MIN_VALUE, 0, Long.MAX_VALUE},
            {Long.MIN_VALUE, -1},
            {0, Long.MAX_VALUE},
            {-1, Long.MAX_VALUE},
            {Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE - 1},
            {0, 1L << 62},
            {-6, 0, 15, 21},
            {5, 5 + (1L << 40), 5 + (3L << 40)},
        };
        for (long[] values : all) {
            check(new LongColumn(DataType.INT64, values.length, values, null));
            long[] withNull = new long[values.length + 1];
            System.arraycopy(values, 0, withNull, 0, values.length);
            // At a null row there may be anything.
            withNull[values.length] = random.nextLong();
            long[] validity = Bitmap.ones(withNull.length);
            Bitmap.clear(validity, values.length);
            check(new LongColumn(DataType.INT64, withNull.length, withNull, validity));
        }
    }

    private static void check(LongColumn column) {
        ZoneMap zone = ZoneMaps.of(column);
        long min = (Long) Objects.requireNonNull(zone.min());
        long max = (Long) Objects.requireNonNull(zone.max());
        LongFrame frame = LongFrame.of(column, min, max);
        BigInteger divisor = BigInteger.ZERO;
        for (int row = 0; row < column.size(); row++) {
            if (!column.isNull(row)) {
                divisor = divisor.gcd(BigInteger.valueOf(column.values()[row]).subtract(BigInteger.valueOf(min)));
            }
        }
        boolean fits = BigInteger.valueOf(max).subtract(BigInteger.valueOf(min)).bitLength() < 64;
        String what = "seed " + SEED + ": " + Arrays.toString(column.values());
        assertEquals(fits && divisor.signum() > 0 ? divisor.longValueExact() : 1, frame.factor(), what);
        try (Arena arena = Arena.ofConfined()) {
            Block block = min == max
                    ? BlockEncoder.encode(column, arena)
                    : BlockEncoder.encode(column, Encoding.PACKED, arena);
            for (int row = 0; row < column.size(); row++) {
                assertEquals(column.value(row), BlockDecoder.value(block, row), what);
            }
        }
    }

    /** Runs with nulls before, between and behind: they join what is before them. */
    @Test
    void runsPassOverNulls() {
        int rows = 30_000;
        long[] values = new long[rows];
        long[] validity = Bitmap.ones(rows);
        for (int row = 0; row < rows; row++) {
            values[row] = row / 10_000 * 1_000_003L + row / 20_000;
            if (row < 70 || row % 100 == 3 || row > rows - 70) {
                values[row] = random.nextLong();
                Bitmap.clear(validity, row);
            }
        }
        LongColumn column = new LongColumn(DataType.INT64, rows, values, validity);
        try (Arena arena = Arena.ofConfined()) {
            Block block = BlockEncoder.encode(column, arena);
            assertEquals(Encoding.RUN_LENGTH, block.encoding());
            assertEquals(3, block.count());
            for (int row = 0; row < rows; row++) {
                assertEquals(column.value(row), BlockDecoder.value(block, row));
            }
        }
    }

    /** What was in the memory before does not show. */
    @Test
    void memoryNeedNotBeCleared() {
        for (int width = 1; width <= 64; width++) {
            long[] values = new long[1_500];
            for (int row = 0; row < values.length; row++) {
                values[row] = random.nextLong() >>> (64 - width);
            }
            LongColumn column = new LongColumn(DataType.INT64, values.length, values, null);
            try (Arena arena = Arena.ofConfined()) {
                Block clean = BlockEncoder.encode(column, arena);
                Block dirty = BlockEncoder.encode(column, (size, alignment) -> {
                    MemorySegment memory = arena.allocate(size, alignment);
                    return memory.fill((byte) 0xa5);
                });
                assertEquals(-1, clean.segment().mismatch(dirty.segment()), "seed " + SEED + ", width " + width);
            }
        }
    }
}
