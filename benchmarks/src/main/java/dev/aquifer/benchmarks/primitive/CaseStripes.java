package dev.aquifer.benchmarks.primitive;

import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.BlockDescriptor;
import dev.aquifer.spi.device.Stripe;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The stripes that a case is run over. */
public final class CaseStripes {
    private CaseStripes() {}

    /** Stripes of random rows; the same for the same seed. */
    public static List<Stripe> generate(PrimitiveCase of, int count, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Stripe> stripes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            List<Block> blocks = new ArrayList<>();
            for (Shape shape : of.shapes()) {
                blocks.add(shape.block(rows, random));
            }
            stripes.add(new Stripe(i, rows, blocks));
        }
        return stripes;
    }

    /**
     * The stripes again and again, each time in memory of its own: what is read comes from where so many bytes fit, and only
     * a few stripes had to be drawn and checked.
     */
    public static List<Stripe> repeat(List<Stripe> stripes, int count, SegmentAllocator allocator) {
        List<Stripe> copies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Stripe stripe = stripes.get(i % stripes.size());
            List<Block> blocks = new ArrayList<>();
            for (Block block : stripe.columns()) {
                MemorySegment copy = allocator.allocate(block.byteSize(), BlockDescriptor.AREA_ALIGNMENT);
                blocks.add(Block.wrap(copy.copyFrom(block.segment())));
            }
            copies.add(new Stripe(i, stripe.rows(), blocks));
        }
        return copies;
    }

    /** Bytes of all blocks, encoded. */
    public static long bytes(List<Stripe> stripes) {
        return stripes.stream()
                .flatMap(stripe -> stripe.columns().stream())
                .mapToLong(Block::byteSize)
                .sum();
    }
}
