package dev.aquifer.service.cache;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.BlockEncoder;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Makes blocks in off-heap memory and counts those that live. Each block has an arena of its own. */
public final class BlockMemory {
    private final AtomicLong liveBlocks = new AtomicLong();
    private final AtomicLong liveBytes = new AtomicLong();
    private final AtomicLong pins = new AtomicLong();

    /** Fills a block's memory. */
    @FunctionalInterface
    public interface Filler {
        /** @return whether the memory now holds a good block */
        boolean fill(MemorySegment memory);
    }

    /**
     * Encodes a column; the caller holds a pin on the result.
     *
     * @param chunkRows rows of the whole row group the column is a stripe of
     */
    public CachedBlock encode(Column column, long chunkRows) {
        Arena arena = Arena.ofShared();
        boolean done = false;
        try {
            Block block = BlockEncoder.encode(column, (size, alignment) -> allocate(arena, size, alignment));
            CachedBlock made = new CachedBlock(this, arena, block, chunkRows);
            done = true;
            return made;
        } finally {
            if (!done) {
                arena.close();
            }
        }
    }

    /**
     * A block whose bytes come from elsewhere; the caller holds a pin on the result.
     *
     * @return null if the filler said no or what it filled in has no block's header
     */
    @Nullable
    CachedBlock fill(long size, long chunkRows, Filler filler) {
        Arena arena = Arena.ofShared();
        boolean done = false;
        try {
            MemorySegment memory = allocate(arena, size, 64);
            if (!filler.fill(memory)) {
                return null;
            }
            CachedBlock made = new CachedBlock(this, arena, Block.wrap(memory), chunkRows);
            done = true;
            return made;
        } finally {
            if (!done) {
                arena.close();
            }
        }
    }

    private static MemorySegment allocate(Arena arena, long size, long alignment) {
        try {
            return arena.allocate(size, alignment);
        } catch (OutOfMemoryError e) {
            // The JVM's own bound on memory off the heap. NodeConfig keeps the cache below it, others may use it too.
            throw new AquiferException(
                    ErrorCode.MEMORY_EXCEEDED,
                    "no " + size + " bytes off the heap for a block (-XX:MaxDirectMemorySize): " + e.getMessage(),
                    e);
        }
    }

    void born(long bytes) {
        liveBlocks.incrementAndGet();
        liveBytes.addAndGet(bytes);
    }

    void freed(long bytes) {
        liveBlocks.decrementAndGet();
        liveBytes.addAndGet(-bytes);
    }

    void pinned(int by) {
        pins.addAndGet(by);
    }

    /** Blocks that hold memory now, in the memory tier or only in use. */
    public long liveBlocks() {
        return liveBlocks.get();
    }

    public long liveBytes() {
        return liveBytes.get();
    }

    /** Uses of blocks that have not ended. */
    public long pins() {
        return pins.get();
    }
}
