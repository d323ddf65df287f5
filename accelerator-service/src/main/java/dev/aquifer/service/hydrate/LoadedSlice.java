package dev.aquifer.service.hydrate;

import dev.aquifer.service.cache.CachedBlock;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.source.Slice;
import java.util.ArrayList;
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
        return stripes.stream().toArray();
    }

    /** Stripes that need not run, as their zone maps rule them out or are the answer. */
    public int pruned() {
        return total - stripes.cardinality();
    }

    /** A stripe for a device; valid until it is released. */
    public Stripe stripe(int stripe) {
        List<Block> blocks = new ArrayList<>(columns.size());
        for (ChunkLease column : columns) {
            CachedBlock cached = column.get(stripe);
            blocks.add(cached.block());
        }
        return new Stripe(slice.firstOrdinal() + stripe, ConstantColumns.rows(slice.rows(), stripe), blocks);
    }

    public void release(int stripe) {
        columns.forEach(column -> column.release(stripe));
    }

    @Override
    public void close() {
        columns.forEach(ChunkLease::close);
    }
}
