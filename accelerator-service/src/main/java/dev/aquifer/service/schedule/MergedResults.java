package dev.aquifer.service.schedule;

import dev.aquifer.spi.batch.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What the partial results of a run made together, and how far that is. Guarded by its {@link FragmentRun}. */
final class MergedResults {
    private enum State {
        WAITING,
        MERGING,
        DONE
    }

    private final Deque<Batch> batches = new ArrayDeque<>();
    private State state = State.WAITING;

    boolean isWaiting() {
        return state == State.WAITING;
    }

    void begin() {
        state = State.MERGING;
    }

    boolean isUnderWay() {
        return state == State.MERGING;
    }

    void finish(List<Batch> result) {
        state = State.DONE;
        batches.addAll(result);
    }

    boolean hasNext() {
        return !batches.isEmpty();
    }

    Batch next() {
        return batches.removeFirst();
    }

    boolean isHandedOn() {
        return state == State.DONE && batches.isEmpty();
    }

    void clear() {
        batches.clear();
    }
}
