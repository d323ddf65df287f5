package dev.aquifer.service.cache;

import java.util.LinkedHashSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what leaves memory: the two-level clock of Redshift Managed Storage (SIGMOD '22, section 3). A block enters the
 * low clock; used again, it moves to the high one; the hands count uses down and take what has none left, low clock first.
 * A scan of blocks that are used once runs through the low clock and leaves the high one alone.
 *
 * <p>The keys of blocks evicted lately are remembered, as many as there are blocks: one that comes back so soon enters the
 * high clock (the ghosts of 2Q and ARC). Without them a new working set larger than what the low clock has left would
 * never get in. Not thread-safe.
 */
final class TwoLevelClock {
    /** Uses after the first that make a block hot. */
    static final int PROMOTE_AT = 2;

    private static final int MAX_COUNT = 5;

    /** The high clock takes at most this part of the bytes, so that new blocks always have room to prove themselves. */
    private static final double HIGH_PART = 0.8;

    private static final int MIN_GHOSTS = 64;

    private final Ring low = new Ring();
    private final Ring high = new Ring();
    private final LinkedHashSet<BlockKey> ghosts = new LinkedHashSet<>();

    /** A block in a clock. */
    static final class Entry {
        final BlockKey key;
        final CachedBlock block;
        /** Asked by name to stay. */
        boolean sticky;

        private int count;
        private @Nullable Ring ring;
        private Entry previous = this;
        private Entry next = this;

        Entry(BlockKey key, CachedBlock block) {
            this.key = key;
            this.block = block;
        }
    }

    /** Entries in a circle; the hand is where it is opened. Links are in the entries, so that taking one out is cheap. */
    private static final class Ring {
        private @Nullable Entry hand;
        private int size;
        private long bytes;

        /** Puts an entry behind the hand: it is reached last. */
        void add(Entry entry) {
            Entry at = hand;
            if (at == null) {
                entry.previous = entry;
                entry.next = entry;
                hand = entry;
            } else {
                entry.next = at;
                entry.previous = at.previous;
                at.previous.next = entry;
                at.previous = entry;
            }
            entry.ring = this;
            size++;
            bytes += entry.block.bytes();
        }

        void remove(Entry entry) {
            entry.previous.next = entry.next;
            entry.next.previous = entry.previous;
            if (hand == entry) {
                hand = entry.next == entry ? null : entry.next;
            }
            entry.ring = null;
            size--;
            bytes -= entry.block.bytes();
        }

        /** Moves the hand to an entry that may go and has no uses left; null if a whole turn meets none that may go. */
        @Nullable
        Entry sweep() {
            int protectedInARow = 0;
            while (protectedInARow < size) {
                Entry entry = Objects.requireNonNull(hand);
                boolean mayGo = !entry.sticky && !entry.block.inUse();
                if (mayGo && entry.count == 0) {
                    return entry;
                }
                if (mayGo) {
                    entry.count--;
                    protectedInARow = 0;
                } else {
                    protectedInARow++;
                }
                hand = entry.next;
            }
            return null;
        }
    }

    void add(Entry entry) {
        if (ghosts.remove(entry.key)) {
            entry.count = 1;
            high.add(entry);
        } else {
            low.add(entry);
        }
    }

    private void remember(BlockKey key) {
        ghosts.add(key);
        if (ghosts.size() > Math.max(MIN_GHOSTS, low.size + high.size)) {
            BlockKey _ = ghosts.removeFirst();
        }
    }

    /** @return whether the use moved the block to the high clock */
    boolean touch(Entry entry) {
        entry.count = Math.min(MAX_COUNT, entry.count + 1);
        if (entry.ring != low || entry.count < PROMOTE_AT) {
            return false;
        }
        low.remove(entry);
        entry.count = 1;
        high.add(entry);
        return true;
    }

    /** Takes an entry out, wherever the hand is. */
    void remove(Entry entry) {
        if (entry.ring != null) {
            entry.ring.remove(entry);
        }
    }

    long bytes() {
        return low.bytes + high.bytes;
    }

    /**
     * Takes out the block to evict; null if all are in use or sticky.
     *
     * @param budget the bytes the clock should keep within, of which the high clock gets its part
     */
    @Nullable
    Entry victim(long budget) {
        while (high.bytes > HIGH_PART * budget) {
            Entry cooled = high.sweep();
            if (cooled == null) {
                break;
            }
            high.remove(cooled);
            low.add(cooled);
        }
        Entry entry = low.sweep();
        if (entry == null) {
            entry = high.sweep();
        }
        if (entry != null) {
            remove(entry);
            remember(entry.key);
        }
        return entry;
    }
}
