package dev.aquifer.service.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Parts taken and given back at random, against a bitmap of granules. */
class HolesTest {
    private static final long SEED = 20_261_127L;
    private static final int GRANULES = 1_000;

    private record Part(long offset, long bytes) {
        int first() {
            return (int) (offset / Holes.GRANULE);
        }

        int last() {
            return (int) ((offset + bytes - 1) / Holes.GRANULE);
        }
    }

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final BitSet taken = new BitSet();
    private final List<Part> parts = new ArrayList<>();

    @Test
    void takesWhatIsFreeAndJoinsWhatIsGivenBack() {
        Holes holes = new Holes(GRANULES * Holes.GRANULE);
        for (int step = 0; step < 100_000; step++) {
            if (random.nextInt(100) < 55) {
                take(holes, random.nextLong(1, 40 * Holes.GRANULE), step);
            } else if (!parts.isEmpty()) {
                give(holes);
            }
            assertEquals(runsOfFree(), holes.count(), "step " + step + ", seed " + SEED);
        }
        while (!parts.isEmpty()) {
            assertFalse(holes.isWhole());
            give(holes);
        }
        assertTrue(holes.isWhole());
    }

    private void take(Holes holes, long bytes, int step) {
        long offset = holes.take(bytes);
        String what = "step " + step + ", seed " + SEED;
        long wanted = (bytes + Holes.GRANULE - 1) / Holes.GRANULE;
        if (offset < 0) {
            assertTrue(largestFree() < wanted, what);
            return;
        }
        assertEquals(0, offset % Holes.GRANULE);
        Part part = new Part(offset, bytes);
        assertTrue(part.last() < GRANULES, what);
        assertEquals(-1, firstTaken(part), what);
        taken.set(part.first(), part.last() + 1);
        parts.add(part);
    }

    private void give(Holes holes) {
        Part part = parts.remove(random.nextInt(parts.size()));
        holes.give(part.offset, part.bytes);
        taken.clear(part.first(), part.last() + 1);
    }

    private int firstTaken(Part part) {
        int next = taken.nextSetBit(part.first());
        return next >= 0 && next <= part.last() ? next : -1;
    }

    private int runsOfFree() {
        int runs = 0;
        for (int at = taken.nextClearBit(0); at < GRANULES; at = taken.nextClearBit(end(at))) {
            runs++;
        }
        return runs;
    }

    private int largestFree() {
        int largest = 0;
        for (int at = taken.nextClearBit(0); at < GRANULES; at = taken.nextClearBit(end(at))) {
            largest = Math.max(largest, end(at) - at);
        }
        return largest;
    }

    private int end(int from) {
        int next = taken.nextSetBit(from);
        return next < 0 ? GRANULES : next;
    }

    @Test
    void refusesWhatWasNotTaken() {
        Holes holes = new Holes(4 * Holes.GRANULE);
        long first = holes.take(10);
        long second = holes.take(10);
        holes.give(first, 10);
        assertThrows(IllegalStateException.class, () -> holes.give(first, 10));
        assertThrows(IllegalStateException.class, () -> holes.give(second, 2 * Holes.GRANULE));
        assertThrows(IllegalStateException.class, () -> holes.give(3 * Holes.GRANULE, 2 * Holes.GRANULE));
        holes.give(second, 10);
        assertTrue(holes.isWhole());
    }
}
