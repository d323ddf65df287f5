package dev.aquifer.service.cache;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The free parts of a range. What is asked for comes from the smallest part that has room, of such parts the first; what is given back
 * joins its neighbours. Not thread-safe.
 */
final class Holes {
    /** What is taken and given are whole ones of these, bytes: enough for every alignment of blocks. */
    static final long GRANULE = 256;

    private record Hole(long offset, long bytes) {}

    private final long size;
    private final TreeMap<Long, Long> byOffset = new TreeMap<>();
    private final TreeSet<Hole> bySize =
            new TreeSet<>(Comparator.comparingLong(Hole::bytes).thenComparingLong(Hole::offset));

    /** @param size bytes of the range, all of them free; whole granules */
    Holes(long size) {
        this.size = size;
        put(0, size);
    }

    private static long rounded(long bytes) {
        return (bytes + GRANULE - 1) / GRANULE * GRANULE;
    }

    private void put(long offset, long bytes) {
        byOffset.put(offset, bytes);
        bySize.add(new Hole(offset, bytes));
    }

    private void remove(long offset, long bytes) {
        byOffset.remove(offset);
        bySize.remove(new Hole(offset, bytes));
    }

    /**
     * Takes a part.
     *
     * @param bytes 1 or more
     * @return its offset, a multiple of {@link #GRANULE}; -1 where no part is that large
     */
    long take(long bytes) {
        long wanted = rounded(bytes);
        Hole found = bySize.ceiling(new Hole(0, wanted));
        if (found == null) {
            return -1;
        }
        remove(found.offset, found.bytes);
        if (found.bytes > wanted) {
            put(found.offset + wanted, found.bytes - wanted);
        }
        return found.offset;
    }

    /** Gives back a part that was taken. */
    void give(long offset, long bytes) {
        long from = offset;
        long to = offset + rounded(bytes);
        Map.Entry<Long, Long> before = byOffset.floorEntry(offset);
        Long after = byOffset.get(to);
        boolean free = before != null && before.getKey() + before.getValue() > offset;
        Long inside = byOffset.higherKey(offset);
        if (free || inside != null && inside < to || to > size) {
            throw new IllegalStateException("bytes " + offset + " to " + to + " of " + size + " were not taken");
        }
        if (before != null && before.getKey() + before.getValue() == offset) {
            from = before.getKey();
            remove(from, before.getValue());
        }
        if (after != null) {
            remove(to, after);
            to += after;
        }
        put(from, to - from);
    }

    /** Whether nothing is taken. */
    boolean isWhole() {
        return byOffset.size() == 1 && byOffset.firstEntry().getValue() == size;
    }

    /** How many free parts there are. */
    int count() {
        return byOffset.size();
    }
}
