package dev.aquifer.service.hydrate;

import dev.aquifer.service.cache.CachedBlock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Pinned blocks of one column of a row group, by stripe. Thread-safe. */
public final class ChunkLease implements AutoCloseable {
    private final @Nullable CachedBlock[] blocks;
    private boolean closed;

    ChunkLease(int stripes) {
        this(new @Nullable CachedBlock[stripes]);
    }

    /** Takes over the caller's pins on blocks that are there, and the array. */
    ChunkLease(@Nullable CachedBlock[] blocks) {
        this.blocks = blocks;
    }

    /** Takes over the caller's pin. */
    synchronized void put(int stripe, CachedBlock block) {
        if (closed || blocks[stripe] != null) {
            block.unpin();
        } else {
            blocks[stripe] = block;
        }
    }

    synchronized boolean has(int stripe) {
        return blocks[stripe] != null;
    }

    /** The block of a stripe that was asked for; valid until the stripe is released. */
    public synchronized CachedBlock get(int stripe) {
        return Objects.requireNonNull(blocks[stripe]);
    }

    /** One more pin on a block, for another lease; null where this one has not got it. */
    synchronized @Nullable CachedBlock share(int stripe) {
        CachedBlock block = blocks[stripe];
        return block == null ? null : block.pin();
    }

    public synchronized void release(int stripe) {
        CachedBlock block = blocks[stripe];
        if (block != null) {
            blocks[stripe] = null;
            block.unpin();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (int stripe = 0; stripe < blocks.length; stripe++) {
            release(stripe);
        }
    }
}
