package dev.aquifer.benchmarks.fusion;

import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.device.Stripe;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

/** Runs a fragment over whole stripes of packed columns by generated programs, one for each combination of widths. */
public final class FusedRun {
    private record Layout(List<Integer> ranges, List<Integer> factors, boolean dense) {}

    private final FusedShape shape;
    private final Map<Layout, FusedProgram> programs = new HashMap<>();
    private final long[] bits = new long[Stripes.VECTOR_ROWS / 64];

    public FusedRun(CompiledFragment fragment) {
        this.shape = FusedShape.of(fragment);
    }

    /** The sum of the products, or the number of rows where there are none. */
    public long run(List<Stripe> stripes) {
        long total = 0;
        for (Stripe stripe : stripes) {
            total += run(stripe);
        }
        return total;
    }

    private long run(Stripe stripe) {
        int count = shape.ranges().size();
        MemorySegment[] columns = new MemorySegment[count];
        long[] at = new long[count];
        long[] codes = new long[2 * count];
        for (int i = 0; i < count; i++) {
            FusedShape.Range range = shape.ranges().get(i);
            Block block = packed(stripe, range.column());
            columns[i] = block.segment();
            at[i] = block.dataOffset();
            long low = Math.max(range.low(), min(block)) - block.baseLow();
            long high = Math.min(range.high(), max(block)) - block.baseLow();
            codes[2 * i] = Math.ceilDiv(low, block.factor());
            codes[2 * i + 1] = high / block.factor() - codes[2 * i];
            if (high < low || codes[2 * i + 1] < 0) {
                return 0;
            }
        }
        List<Block> factors =
                shape.factors().stream().map(column -> packed(stripe, column)).toList();
        FusedProgram program = programs.computeIfAbsent(layout(stripe, factors), FusedRun::generate);
        long[] frames = factors.stream()
                .flatMapToLong(block -> LongStream.of(block.baseLow(), block.factor()))
                .toArray();
        Block left = factors.isEmpty() ? packed(stripe, 0) : factors.getFirst();
        Block right = factors.isEmpty() ? left : factors.getLast();
        return vectors(program, stripe.rows(), columns, at, codes, left, right, frames);
    }

    private long vectors(
            FusedProgram program,
            int rows,
            MemorySegment[] columns,
            long[] at,
            long[] codes,
            Block left,
            Block right,
            long[] frames) {
        long total = 0;
        for (int vector = 0; vector < Stripes.vectors(rows); vector++) {
            Arrays.fill(bits, -1L);
            program.filter(columns, at, codes, vector, bits);
            int passed = 0;
            for (long word : bits) {
                passed += Long.bitCount(word);
            }
            if (frames.length == 0) {
                total += passed;
            } else if (passed > 0) {
                total += program.sum(
                        left.segment(),
                        left.dataOffset(),
                        right.segment(),
                        right.dataOffset(),
                        frames,
                        vector,
                        passed,
                        bits);
            }
        }
        return total;
    }

    private Layout layout(Stripe stripe, List<Block> factors) {
        boolean dense = factors.size() == 2
                && factors.stream().allMatch(block -> block.factor() == 1 && min(block) >= 0)
                && Math.multiplyHigh(max(factors.getFirst()), max(factors.getLast())) == 0
                && max(factors.getFirst()) * max(factors.getLast()) >>> 32 == 0;
        return new Layout(
                shape.ranges().stream()
                        .map(range -> packed(stripe, range.column()).width())
                        .toList(),
                factors.stream().map(Block::width).toList(),
                dense);
    }

    private static FusedProgram generate(Layout layout) {
        return FusedGenerator.generate(
                layout.ranges().stream().mapToInt(Integer::intValue).toArray(),
                layout.factors().stream().mapToInt(Integer::intValue).toArray(),
                layout.dense());
    }

    private static long min(Block block) {
        return (Long) Objects.requireNonNull(block.zoneMap().min());
    }

    private static long max(Block block) {
        return (Long) Objects.requireNonNull(block.zoneMap().max());
    }

    private static Block packed(Stripe stripe, int column) {
        Block block = stripe.columns().get(column);
        if (block.encoding() != Encoding.PACKED || block.hasNulls() || stripe.rows() % Stripes.VECTOR_ROWS != 0) {
            throw new IllegalArgumentException(block + " is not fused");
        }
        return block;
    }
}
