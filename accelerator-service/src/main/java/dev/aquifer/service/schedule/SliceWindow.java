package dev.aquifer.service.schedule;

import dev.aquifer.service.hydrate.LoadedSlice;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.source.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The slices of a run, in the order of their ordinals, and the window of those that are loading, loaded or running. Guarded
 * by its {@link FragmentRun}.
 */
final class SliceWindow implements AutoCloseable {
    /** Slices in memory or on their way, at most: enough to hide the lake's latency, few enough to bound what is pinned. */
    private static final int MAX_ACTIVE = 16;

    private static final int MIN_ACTIVE = 2;
    /** Stripes for each worker that wait to run, beyond which no more slices are loaded ahead. */
    private static final int STRIPES_AHEAD = 8;

    private static final Comparator<SliceWork> BY_ORDINAL = Comparator.comparingLong(work -> work.slice.firstOrdinal());

    private final List<SliceWork> slices = new ArrayList<>();
    private final PriorityQueue<SliceWork> refused = new PriorityQueue<>(BY_ORDINAL);
    private final int workers;
    private final boolean ordered;
    private int untouched;
    private int first;
    private int active;
    private int loading;
    /** Stripes that no worker took yet, of the slices loaded and, by what the plan says, of those that are loading. */
    private long waiting;

    private boolean blocked;

    SliceWindow(List<Slice> given, int workers, boolean ordered) {
        given.forEach(slice -> slices.add(new SliceWork(slice)));
        slices.sort(BY_ORDINAL);
        this.workers = workers;
        this.ordered = ordered;
    }

    /** The next slice to load, which then counts as under way; null where the window is full. */
    @Nullable
    SliceWork nextToLoad() {
        if (blocked || active >= MAX_ACTIVE || refused.isEmpty() && untouched == slices.size()) {
            return null;
        }
        SliceWork again = refused.peek();
        boolean isHead = first < slices.size() && slices.get(first) == again;
        if (!isHead && active >= MIN_ACTIVE && waiting >= (long) STRIPES_AHEAD * workers) {
            return null;
        }
        active++;
        loading++;
        SliceWork next;
        if (again == null) {
            next = slices.get(untouched++);
            waiting += Stripes.count(next.slice.rows());
        } else {
            next = refused.remove();
        }
        return next;
    }

    void arrived(SliceWork work, LoadedSlice loaded) {
        loading--;
        work.ready(loaded, ordered);
        waiting += work.unclaimed() - Stripes.count(work.slice.rows());
        advance();
    }

    /** A load that came to nothing. */
    void lost() {
        loading--;
        active--;
    }

    /** Puts a slice back that found no memory, until another one gives some back. */
    void refuse(SliceWork work) {
        refused.add(work);
        blocked = true;
    }

    boolean isLoading() {
        return loading > 0;
    }

    /** Tries refused slices again, though nothing gave memory back; true if there are any. */
    boolean unblock() {
        boolean was = blocked;
        blocked = false;
        return was;
    }

    /** The slice whose next stripe a worker may take, or null. */
    @Nullable
    SliceWork claimable() {
        int ahead = 0;
        for (int i = first; i < untouched; i++) {
            SliceWork work = slices.get(i);
            if (work.isReady() && work.unclaimed() > 0) {
                // Results wait in memory for those in front of them; the first slice's own go out soon.
                boolean tooFar = ordered && i > first && ahead >= 2 * workers;
                return tooFar ? null : work;
            }
            ahead += work.outstanding();
        }
        return null;
    }

    /** Takes the next stripe of a slice that has one; its index. */
    int claim(SliceWork work) {
        waiting--;
        return work.claim();
    }

    /** The slice whose results are next in order, where such a result is there. */
    @Nullable
    SliceWork emittable() {
        SliceWork head = first < slices.size() ? slices.get(first) : null;
        return head != null && head.hasResult() ? head : null;
    }

    /** Moves past slices that are done. */
    void advance() {
        while (first < untouched) {
            SliceWork work = slices.get(first);
            if (!work.allRan() || ordered && !work.allEmitted()) {
                return;
            }
            work.close();
            first++;
            active--;
            blocked = false;
        }
    }

    boolean allDone() {
        return first == slices.size();
    }

    @Override
    public void close() {
        slices.forEach(SliceWork::close);
    }
}
