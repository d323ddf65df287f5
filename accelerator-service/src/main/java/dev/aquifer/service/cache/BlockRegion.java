package dev.aquifer.service.cache;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * One range of address space that blocks come from, side by side: in huge pages, and with memory that the next blocks find warm where
 * others left. Its memory goes back to the system when it is closed, not before: what it has held once a cache will want again.
 * Thread-safe.
 */
@SuppressWarnings("restricted")
final class BlockRegion implements AutoCloseable {
    private final SystemPages pages;
    private final MemorySegment mapped;
    /** Where the first huge page begins. */
    private final long start;

    private final Holes holes;
    private boolean closed;

    private BlockRegion(SystemPages pages, MemorySegment mapped, long bytes) {
        this.pages = pages;
        this.mapped = mapped;
        this.start = -mapped.address() & SystemPages.HUGE - 1;
        this.holes = new Holes(bytes);
    }

    /**
     * A region with room for so many bytes, none of which take memory yet.
     *
     * @return null where the system has no such thing, or refuses
     */
    static @Nullable BlockRegion of(long bytes) {
        SystemPages pages = SystemPages.known();
        if (pages == null || bytes > Long.MAX_VALUE / 2) {
            return null;
        }
        long whole = (bytes + SystemPages.HUGE - 1) / SystemPages.HUGE * SystemPages.HUGE;
        MemorySegment mapped = pages.map(whole + SystemPages.HUGE);
        return mapped == null ? null : new BlockRegion(pages, mapped, whole);
    }

    /**
     * Memory for a block, with anything in it, until the arena is closed.
     *
     * @return null where there is no hole that large
     */
    @Nullable
    MemorySegment allocate(Arena arena, long size) {
        long offset;
        synchronized (this) {
            offset = closed ? -1 : holes.take(size);
        }
        return offset < 0
                ? null
                : mapped.asSlice(start + offset, size).reinterpret(arena, memory -> free(offset, size));
    }

    private void free(long offset, long size) {
        boolean last;
        synchronized (this) {
            holes.give(offset, size);
            last = closed && holes.isWhole();
        }
        if (last) {
            pages.unmap(mapped);
        }
    }

    /** Gives no memory from now on; all goes back to the system when the last block has left. */
    @Override
    public void close() {
        boolean last;
        synchronized (this) {
            last = !closed && holes.isWhole();
            closed = true;
        }
        if (last) {
            pages.unmap(mapped);
        }
    }
}
