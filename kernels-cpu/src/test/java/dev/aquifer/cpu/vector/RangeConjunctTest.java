package dev.aquifer.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.BlockEncoder;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.type.DataType;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ranges moved into the encoded domain, against comparisons of the values, at the borders of 64 bits and of the factor of a frame. */
class RangeConjunctTest {
    private static final long SEED = 20_261_127L;
    private static final int ROWS = 1_000;

    private final SplittableRandom random = new SplittableRandom(SEED);

    /** The distinct values of a column. */
    static Stream<List<Long>> domains() {
        long large = (1L << 62) + 1;
        return Stream.of(
                List.of(0L, large),
                List.of(-large, 0L),
                List.of(Long.MIN_VALUE, Long.MIN_VALUE + large),
                List.of(Long.MAX_VALUE - large, Long.MAX_VALUE),
                List.of(0L, Long.MAX_VALUE / 3, Long.MAX_VALUE / 3 * 2, Long.MAX_VALUE / 3 * 3),
                List.of(Long.MIN_VALUE, Long.MAX_VALUE),
                List.of(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE),
                List.of(-300L, -100L, 0L, 500L, 12_300L),
                List.of(7L, 8L, 9L, 10L));
    }

    private Column column(List<Long> domain, boolean nulls) {
        ColumnBuilder builder = new ColumnBuilder(DataType.INT64, ROWS);
        for (int row = 0; row < ROWS; row++) {
            if (nulls && random.nextInt(3) == 0) {
                builder.appendNull();
            } else {
                builder.appendLong(domain.get(random.nextInt(domain.size())));
            }
        }
        return builder.build();
    }

    /** Each value, and those beside it. */
    private static List<Long> bounds(List<Long> domain) {
        List<Long> bounds = new ArrayList<>(List.of(Long.MIN_VALUE, Long.MAX_VALUE));
        for (long value : domain) {
            bounds.add(value);
            bounds.add(value == Long.MIN_VALUE ? value : value - 1);
            bounds.add(value == Long.MAX_VALUE ? value : value + 1);
        }
        return bounds;
    }

    @ParameterizedTest
    @MethodSource("domains")
    void keepsTheRowsWhoseValueIsInTheRange(List<Long> domain) {
        for (boolean nulls : new boolean[] {false, true}) {
            Column column = column(domain, nulls);
            for (Encoding encoding : Encoding.values()) {
                if (!BlockEncoder.supports(column, encoding)) {
                    continue;
                }
                Block block = BlockEncoder.encode(column, encoding, Arena.ofAuto());
                ColumnReader reader =
                        new ColumnReader(DataType.INT64, new MemoryReservation(ExecutionContext.UNBOUNDED.memory()));
                reader.attach(block);
                for (long low : bounds(domain)) {
                    for (long high : bounds(domain)) {
                        holds(column, reader, low, high, encoding + " of " + domain + ", nulls " + nulls);
                    }
                }
            }
        }
    }

    private static void holds(Column column, ColumnReader reader, long low, long high, String what) {
        RangeConjunct conjunct = new RangeConjunct(reader, low, high);
        int cost = conjunct.attach();
        long[] bits = new long[Bits.WORDS];
        Bits.first(ROWS, bits);
        if (cost >= 0) {
            conjunct.and(0, ROWS, bits);
        }
        String message = what + ", " + low + " to " + high + ", seed " + SEED;
        for (int row = 0; row < ROWS; row++) {
            boolean in = column.value(row) instanceof Long value && value >= low && value <= high;
            switch (cost) {
                case Conjunct.NEVER -> assertTrue(!in, message);
                case Conjunct.ALWAYS -> assertTrue(in, message);
                default -> assertEquals(in, Bits.get(bits, row), message + ", row " + row);
            }
        }
    }
}
