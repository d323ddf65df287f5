package dev.aquifer.service.cache;

import dev.aquifer.spi.block.Block;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * An encoded block and the count of those who hold it: the memory tier while it keeps the block, and one for each use.
 * The memory goes when the last one lets go.
 */
public final class CachedBlock {
    private static final AtomicIntegerFieldUpdater<CachedBlock> HOLDERS =
            AtomicIntegerFieldUpdater.newUpdater(CachedBlock.class, "holders");

    private final BlockMemory memory;
    private final Arena arena;
    private final Block block;
    private final long bytes;
    private final long chunkRows;
    /** Those who hold it; a field, as an object of its own would be one more to miss in the processor's caches. */
    private volatile int holders = 1;

    /** Born with one pin, that of the maker. */
    CachedBlock(BlockMemory memory, Arena arena, Block block, long chunkRows) {
        this.memory = memory;
        this.arena = arena;
        this.block = block;
        this.bytes = block.byteSize();
        this.chunkRows = chunkRows;
        memory.born();
        memory.pinned(1);
    }

    /** Valid while the caller holds a pin. */
    public Block block() {
        return block;
    }

    public long bytes() {
        return bytes;
    }

    /** Rows of the row group that the block is a stripe of: what a request says of them is held against it. */
    public long chunkRows() {
        return chunkRows;
    }

    /** One more use; only for those who hold the block already. */
    public CachedBlock pin() {
        hold();
        memory.pinned(1);
        return this;
    }

    /** Ends a use. */
    public void unpin() {
        memory.pinned(-1);
        letGo();
    }

    void hold() {
        if (HOLDERS.getAndIncrement(this) < 1) {
            throw new IllegalStateException("a block was used after its memory was given back: " + bytes + " bytes");
        }
    }

    void letGo() {
        int left = HOLDERS.decrementAndGet(this);
        if (left == 0) {
            memory.freed(bytes);
            arena.close();
        } else if (left < 0) {
            throw new IllegalStateException("a block was let go more often than held: " + bytes + " bytes");
        }
    }

    /** Whether anybody but the memory tier holds it. */
    boolean inUse() {
        return holders > 1;
    }
}
