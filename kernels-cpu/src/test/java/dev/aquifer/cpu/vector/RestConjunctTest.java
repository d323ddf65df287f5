package dev.aquifer.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.BlockEncoder;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.type.DataType;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rests asked of packed codes of every width, against rests of the values: offsets, factors, nulls, and all that lanes are too narrow for. */
class RestConjunctTest {
    private static final long SEED = 20_261_127L;
    private static final int ROWS = 1_000;
    private static final long[] DIVISORS = {
        1,
        2,
        3,
        4,
        7,
        10,
        24,
        100,
        128,
        255,
        256,
        257,
        1_000,
        32_768,
        65_535,
        65_536,
        1_000_003,
        1L << 31,
        (1L << 32) - 1,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -3,
        -100
    };

    private final SplittableRandom random = new SplittableRandom(SEED);

    static IntStream widths() {
        return IntStream.rangeClosed(0, 40);
    }

    @ParameterizedTest
    @MethodSource("widths")
    void keepsTheRowsThatLeaveTheRest(int width) {
        for (long base :
                new long[] {0, 1, 99, -1, -5_000, 1L << 40, Long.MIN_VALUE, Long.MAX_VALUE - 30L * (1L << width)}) {
            for (long factor : new long[] {1, 10, 25}) {
                for (boolean nulls : new boolean[] {false, true}) {
                    Column column = column(base, factor, width, nulls);
                    ColumnReader reader = new ColumnReader(
                            DataType.INT64, new MemoryReservation(ExecutionContext.UNBOUNDED.memory()));
                    reader.attach(BlockEncoder.encode(column, Encoding.PACKED, Arena.ofAuto()));
                    for (long divisor : DIVISORS) {
                        holds(column, reader, divisor, 0);
                        holds(column, reader, divisor, any(column) % divisor);
                        holds(column, reader, divisor, random.nextInt(-3, 200));
                    }
                }
            }
        }
    }

    private Column column(long base, long factor, int width, boolean nulls) {
        ColumnBuilder builder = new ColumnBuilder(DataType.INT64, ROWS);
        long codes = 1L << width;
        for (int row = 0; row < ROWS; row++) {
            if (nulls && random.nextInt(3) == 0) {
                builder.appendNull();
            } else {
                long code = row < 2 ? row * (codes - 1) : random.nextLong(codes);
                builder.appendLong(base + code * factor);
            }
        }
        return builder.build();
    }

    private long any(Column column) {
        while (true) {
            if (column.value(random.nextInt(ROWS)) instanceof Long value) {
                return value;
            }
        }
    }

    private static void holds(Column column, ColumnReader reader, long divisor, long rest) {
        for (boolean equal : new boolean[] {true, false}) {
            Computed computed = new Computed(column, divisor, rest, equal);
            RestConjunct conjunct = new RestConjunct(reader, divisor, rest, equal, computed);
            conjunct.attach();
            long[] bits = new long[Bits.WORDS];
            Bits.first(ROWS, bits);
            conjunct.and(0, ROWS, bits);
            for (int row = 0; row < ROWS; row++) {
                int at = row;
                assertEquals(
                        computed.passes(row),
                        Bits.get(bits, row),
                        () -> column.value(at) + " by " + divisor + " leaves " + rest + ": " + equal + ", seed "
                                + SEED);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void asksCodesWhereTheirLanesAreWideEnough(int width) {
        Column column = column(1, 1, width, false);
        ColumnReader reader =
                new ColumnReader(DataType.INT64, new MemoryReservation(ExecutionContext.UNBOUNDED.memory()));
        reader.attach(BlockEncoder.encode(column, Encoding.PACKED, Arena.ofAuto()));
        Computed computed = new Computed(column, 5, 3, true);
        int cost = new RestConjunct(reader, 5, 3, true, computed).attach();
        // Of lanes that codes fill, and of those that are too wide to be asked.
        boolean fills = width == 8 || width == 16 || width >= 32;
        assertTrue(fills == (cost == Conjunct.COMPUTED), "width " + width + " costs " + cost);
    }

    /** The values' rests, one by one. */
    private static final class Computed extends Conjunct {
        private final Column column;
        private final long divisor;
        private final long rest;
        private final boolean equal;

        Computed(Column column, long divisor, long rest, boolean equal) {
            this.column = column;
            this.divisor = divisor;
            this.rest = rest;
            this.equal = equal;
        }

        boolean passes(int row) {
            return column.value(row) instanceof Long value && (value % divisor == rest) == equal;
        }

        @Override
        int attach() {
            return COMPUTED;
        }

        @Override
        void and(int vector, int rows, long[] bits) {
            for (int row = 0; row < rows; row++) {
                if (!passes(row)) {
                    bits[row >>> 6] &= ~(1L << row);
                }
            }
        }
    }
}
