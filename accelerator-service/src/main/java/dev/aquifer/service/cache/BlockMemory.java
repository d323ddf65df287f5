package dev.aquifer.service.cache;

import dev.aquifer.spi.batch.StripeColumn;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.BlockEncoder;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Makes blocks in off-heap memory, up to a bound that holds for cached blocks and those only in use together. Each block
 * has an arena of its own, whose memory is part of one {@link BlockRegion} as long as that has a hole for it. Closed, it makes no more
 * blocks of the region; those that there are stay.
 */
public final class BlockMemory implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofMillis(250);

    private final long limit;
    private final AtomicLong liveBlocks = new AtomicLong();
    private final AtomicLong liveBytes = new AtomicLong();
    private final LongAdder pins = new LongAdder();
    private @Nullable BlockRegion region;
    private boolean mapped;
    private boolean closed;

    /** @param limit bytes; more than the memory tier keeps, as blocks that it has no room for live here too */
    public BlockMemory(long limit) {
        this.limit = limit;
    }

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
    public CachedBlock encode(StripeColumn column, long chunkRows) {
        Arena arena = Arena.ofShared();
        CachedBlock made = null;
        long[] allocated = new long[1];
        try {
            Block block = BlockEncoder.encode(column, (size, alignment) -> {
                MemorySegment memory = allocate(arena, size, alignment);
                allocated[0] += size;
                return memory;
            });
            made = new CachedBlock(this, arena, block, chunkRows);
            return made;
        } finally {
            if (made == null) {
                arena.close();
                liveBytes.addAndGet(-allocated[0]);
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
        CachedBlock made = null;
        long allocated = 0;
        try {
            MemorySegment memory = allocate(arena, size, 64);
            allocated = size;
            Block block = filler.fill(memory) ? known(memory) : null;
            if (block != null) {
                made = new CachedBlock(this, arena, block, chunkRows);
            }
            return made;
        } finally {
            if (made == null) {
                arena.close();
                liveBytes.addAndGet(-allocated);
            }
        }
    }

    /** The block in memory that was filled from elsewhere, or null where an earlier version laid it out in another way. */
    private static @Nullable Block known(MemorySegment memory) {
        try {
            return Block.wrap(memory);
        } catch (AquiferException e) {
            return null;
        }
    }

    /** An arena has one allocation: {@link #freed} takes back what is counted here. */
    private MemorySegment allocate(Arena arena, long size, long alignment) {
        long live = liveBytes.addAndGet(size);
        boolean done = false;
        try {
            if (live > limit) {
                throw tooMuch(size);
            }
            BlockRegion from = region();
            MemorySegment part = from == null ? null : from.allocate(arena, size);
            MemorySegment memory = part == null ? arena.allocate(size, alignment) : part;
            done = true;
            return memory;
        } catch (OutOfMemoryError e) {
            // The system has no more, whatever the node's own bound.
            throw new AquiferException(
                    ErrorCode.MEMORY_EXCEEDED, "no " + size + " bytes off the heap for a block: " + e.getMessage(), e);
        } finally {
            if (!done) {
                liveBytes.addAndGet(-size);
            }
        }
    }

    private AquiferException tooMuch(long size) {
        String message = "a block of " + size + " bytes does not fit the memory for blocks, " + limit + " bytes";
        return size > limit
                ? new AquiferException(ErrorCode.MEMORY_EXCEEDED, message)
                : AquiferException.retryLater(
                        ErrorCode.MEMORY_EXCEEDED, message + ", beside those in use", RETRY_AFTER);
    }

    /** Mapped for the first block: finding the system's functions takes a tenth of a second, which a start without one is spared. */
    private synchronized @Nullable BlockRegion region() {
        if (!mapped && !closed) {
            region = BlockRegion.of(limit);
            mapped = true;
        }
        return region;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (region != null) {
            region.close();
        }
    }

    void born() {
        liveBlocks.incrementAndGet();
    }

    void freed(long bytes) {
        liveBlocks.decrementAndGet();
        liveBytes.addAndGet(-bytes);
    }

    void pinned(int by) {
        pins.add(by);
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
        return pins.sum();
    }
}
