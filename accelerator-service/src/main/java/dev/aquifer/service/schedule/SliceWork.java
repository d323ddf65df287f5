package dev.aquifer.service.schedule;

import dev.aquifer.service.hydrate.LoadedSlice;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.source.Slice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far a run is with one slice. Guarded by its {@link FragmentRun}. */
final class SliceWork {
    final Slice slice;
    /** Numbers of the stripes to run, ascending. */
    private int[] stripes = new int[0];

    private @Nullable LoadedSlice loaded;
    private int claimed;
    private int done;
    private int emitted;
    private boolean over;
    /** What stripes gave whose turn to be handed on has not come, by index into {@link #stripes}. */
    private final Map<Integer, Result> results = new HashMap<>();

    /** Rows of one stripe, and what they hold of the work memory. */
    record Result(long ordinal, List<Batch> batches, long bytes) {}

    SliceWork(Slice slice) {
        this.slice = slice;
    }

    void ready(LoadedSlice arrived) {
        loaded = arrived;
        stripes = arrived.stripes();
    }

    LoadedSlice loaded() {
        return Objects.requireNonNull(loaded);
    }

    boolean isReady() {
        return loaded != null;
    }

    /** Takes the next stripe; its index. */
    int claim() {
        return claimed++;
    }

    int unclaimed() {
        return stripes.length - claimed;
    }

    /** Stripes taken whose results were not handed on. */
    int outstanding() {
        return claimed - emitted;
    }

    int stripe(int index) {
        return stripes[index];
    }

    void ran(int index, List<Batch> batches, long bytes) {
        done++;
        results.put(index, new Result(slice.firstOrdinal() + stripes[index], batches, bytes));
    }

    boolean hasResult() {
        return results.containsKey(emitted);
    }

    /** The results next in order. */
    Result takeResult() {
        Result result = Objects.requireNonNull(results.remove(emitted));
        emitted++;
        return result;
    }

    boolean allRan() {
        return isReady() && done == stripes.length;
    }

    boolean allEmitted() {
        return emitted == stripes.length;
    }

    /** Gives back what was loaded; once. */
    void close() {
        if (loaded != null && !over) {
            over = true;
            loaded.close();
        }
    }
}
