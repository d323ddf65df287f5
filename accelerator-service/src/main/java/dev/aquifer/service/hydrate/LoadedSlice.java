package dev.aquifer.service.hydrate;

import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.source.Slice;
import java.util.BitSet;
import java.util.List;

/** The stripes of a slice whose blocks are pinned, ready to run. Thread-safe. */
public final class LoadedSlice implements AutoCloseable {
    private final Slice slice;
    private final int total;
    private final BitSet stripes;
    private final List<ChunkLease> columns;

    LoadedSlice(Slice slice, int total, BitSet stripes, List<ChunkLease> columns) {
        this.slice = slice;
        this.total = total;
        this.stripes = stripes;
        this.columns = columns;
    }

    /** Numbers within the slice of the stripes that are here, ascending. */
    public int[] stripes() {
        int[] numbers = new int[stripes.cardinality()];
        int stripe = -1;
        for (int i = 0; i < numbers.length; i++) {
            stripe = stripes.nextSetBit(stripe + 1);
            numbers[i] = stripe;
        }
        return numbers;
    }

    /** Stripes that need not run, as their zone maps rule them out. */
    public int pruned() {
        return total - stripes.cardinality();
    }

    /** A stripe for a device; valid until it is released. */
    public Stripe stripe(int stripe) {
        Block[] blocks = new Block[columns.size()];
        for (int column = 0; column < blocks.length; column++) {
            blocks[column] = columns.get(column).get(stripe).block();
        }
        return new Stripe(slice.firstOrdinal() + stripe, ConstantColumns.rows(slice.rows(), stripe), List.of(blocks));
    }

    public void release(int stripe) {
        for (ChunkLease column : columns) {
            column.release(stripe);
        }
    }

    @Override
    public void close() {
        columns.forEach(ChunkLease::close);
    }
}
