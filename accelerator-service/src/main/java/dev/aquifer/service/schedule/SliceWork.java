package dev.aquifer.service.schedule;

import dev.aquifer.service.hydrate.LoadedSlice;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.source.Slice;
import java.util.List;
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
    /** What stripes gave whose turn to be handed on has not come, by index into {@link #stripes}; empty where nothing is. */
    private @Nullable Result[] results = new @Nullable Result[0];

    /** Rows of one stripe, and what they hold of the work memory. */
    record Result(long ordinal, List<Batch> batches, long bytes) {}

    SliceWork(Slice slice) {
        this.slice = slice;
    }

    /** @param ordered whether the results of its stripes are handed on, in order */
    void ready(LoadedSlice arrived, boolean ordered) {
        loaded = arrived;
        stripes = arrived.stripes();
        if (ordered) {
            results = new @Nullable Result[stripes.length];
        }
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
        if (results.length > 0) {
            results[index] = new Result(slice.firstOrdinal() + stripes[index], batches, bytes);
        }
    }

    boolean hasResult() {
        return emitted < results.length && results[emitted] != null;
    }

    /** The results next in order. */
    Result takeResult() {
        Result result = Objects.requireNonNull(results[emitted]);
        results[emitted] = null;
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
