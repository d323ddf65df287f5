package dev.aquifer.service.schedule;

import dev.aquifer.service.admission.FairPool;
import dev.aquifer.service.hydrate.LoadedSlice;
import dev.aquifer.service.hydrate.SliceLoader;
import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.prune.ZoneAnswer;
import dev.aquifer.spi.prune.ZonePruner;
import dev.aquifer.spi.source.Slice;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One fragment on its way. Slices load ahead, a bounded number; stripes of loaded slices wait for workers; a worker's turn
 * is one stripe, and another one each time nobody else waits for the worker. Results of Rows go to the sink in the order of
 * their ordinals; partial aggregates and first rows follow when all stripes ran. No thread ever waits here: a sink that is not
 * ready, or a slice that loads, only means that the run takes no turns until {@link #resume()} or the load's end.
 *
 * <p>After the end, however it comes, nothing is held: loads that are under way give their blocks back when they arrive.
 */
public final class FragmentRun {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /** Stripes of a turn, at most: the tenant's processor time is told at its end. */
    private static final int MOST_STRIPES = 64;

    private final RunRequest request;
    private final SliceLoader loader;
    private final FairPool workers;
    private final ResultSink sink;
    private final NodeMetrics metrics;
    private final PartialResults partials;
    /** Stripes of all slices. */
    private final long stripes;

    private final SliceWindow window;
    private final boolean ordered;
    private final RowLimit limit;
    private final @Nullable ZonePruner pruner;
    private final RunMeter meter = new RunMeter();

    private boolean inLoad;
    private boolean turnQueued;
    /** Workers at a turn; what they spent is told when they leave, so the run does not end before. */
    private int workersHere;

    private int running;
    private boolean emitting;
    private final MergedResults merged = new MergedResults();
    private boolean ended;
    private @Nullable AquiferException failure;
    private long bufferedBytes;

    private record Claim(SliceWork work, int index) {}

    /** @throws AquiferException INVALID_PLAN if a slice makes no sense by itself; the reason to stop, where there is one */
    public FragmentRun(RunRequest request, SliceLoader loader, FairPool workers, ResultSink sink, NodeMetrics metrics) {
        this.request = request;
        this.loader = loader;
        this.workers = workers;
        this.sink = sink;
        this.metrics = metrics;
        this.partials = new PartialResults(request, workers.size());
        Expr filter = request.fragment().filter();
        this.pruner = filter == null ? null : ZonePruner.of(filter);
        Terminal terminal = request.fragment().terminal();
        this.ordered = terminal instanceof Terminal.Rows;
        this.limit = new RowLimit(terminal);
        this.stripes = stripes(request.slices());
        this.window = new SliceWindow(unanswered(), workers.size(), ordered);
    }

    private static long stripes(List<Slice> slices) {
        return slices.stream().mapToLong(slice -> Stripes.count(slice.rows())).sum();
    }

    /** The slices that have to be read. */
    private List<Slice> unanswered() {
        ZoneAnswer answer = partials.answer();
        if (answer == null) {
            return request.slices();
        }
        List<Slice> left = loader.unanswered(
                request.place().tenant(), request.slices(), request.fragment().columns(), answer, request.stop());
        pruned(stripes - stripes(left));
        return left;
    }

    private void pruned(long count) {
        meter.pruned(count);
        metrics.add(Counter.STRIPES_PRUNED, count);
    }

    /** Begins. What zone maps answer ends here, where the sink takes it at once: no worker need be woken for that. */
    public void start() {
        boolean isAnswered;
        boolean over = false;
        synchronized (this) {
            isAnswered = partials.isAnswered() && canMerge() && !request.stop().stopped();
            if (isAnswered) {
                merged.begin();
            }
        }
        if (isAnswered) {
            merge();
            emit();
            synchronized (this) {
                over = canFinish();
                ended |= over;
            }
        }
        if (over) {
            end();
        } else {
            resume();
        }
    }

    /** Looks for what can be done: after the start, when the sink is ready again, when the request was stopped. */
    public void resume() {
        load();
        boolean over;
        synchronized (this) {
            over = schedule();
        }
        if (over) {
            end();
        }
    }

    /** Starts loads as far as the window allows. Loads that end at once call back into this loop's object, not the loop. */
    private void load() {
        boolean again = false;
        while (true) {
            SliceWork work;
            synchronized (this) {
                if (inLoad && !again) {
                    return;
                }
                work = stopping() ? null : window.nextToLoad();
                inLoad = work != null;
                again = true;
                if (work == null) {
                    return;
                }
            }
            try {
                CompletableFuture<LoadedSlice> _ = loader.load(request.load(work.slice, pruner))
                        .whenComplete((loaded, thrown) -> arrived(work, loaded, thrown));
            } catch (RuntimeException | Error e) {
                // Also a defect: thrown on, it would leave the run without an end, and others at its kernel and place.
                arrived(work, null, e);
            }
        }
    }

    private boolean stopping() {
        return ended || failure != null || limit.reached();
    }

    private void arrived(SliceWork work, @Nullable LoadedSlice loaded, @Nullable Throwable thrown) {
        LoadedSlice unwanted = null;
        synchronized (this) {
            if (loaded == null) {
                window.lost();
                refused(work, Crashes.known(thrown, metrics));
            } else if (stopping()) {
                window.lost();
                unwanted = loaded;
            } else {
                pruned(loaded.pruned());
                window.arrived(work, loaded);
            }
        }
        if (unwanted != null) {
            unwanted.close();
        }
        resume();
    }

    private void refused(SliceWork work, AquiferException why) {
        boolean noRoom =
                why.code() == ErrorCode.MEMORY_EXCEEDED && why.retryAfter().isPresent();
        if (noRoom && !stopping() && (running > 0 || window.isLoading() || hasWork())) {
            // What is under way gives memory back when it is done; then it is this slice's turn again.
            window.refuse(work);
        } else {
            fail(why);
        }
    }

    private synchronized void fail(AquiferException why) {
        if (failure == null && !ended) {
            failure = why;
            // Stripes that run look at it between vectors.
            request.stop().stop(why);
        }
    }

    /**
     * Queues a turn where a worker would find something to do.
     *
     * @return true if no worker can be had and the caller must {@link #end()} the run
     */
    private synchronized boolean schedule() {
        if (turnQueued || ended) {
            return false;
        }
        if (!hasWork()) {
            if (isStalled() && window.unblock()) {
                load();
            }
            return false;
        }
        if (workers.submit(request.place().tenant(), this::turn)) {
            turnQueued = true;
            return false;
        }
        fail(new AquiferException(ErrorCode.NODE_UNAVAILABLE, "this node is shutting down"));
        ended = isIdle();
        return ended;
    }

    private boolean isIdle() {
        return workersHere == 0 && isQuiet();
    }

    private boolean isQuiet() {
        return running == 0 && !emitting && !merged.isUnderWay() && !ended;
    }

    /** Nothing will happen by itself any more, but for slices that were refused memory. */
    private boolean isStalled() {
        return isIdle() && !stopping() && !window.isLoading() && sink.isReady();
    }

    private boolean hasWork() {
        if (failure != null || request.stop().stopped()) {
            return isIdle();
        }
        return canEmit() || claimable() != null || canMerge() || canFinish();
    }

    private boolean canEmit() {
        if (emitting || !sink.isReady()) {
            return false;
        }
        return ordered ? !limit.reached() && window.emittable() != null : merged.hasNext();
    }

    private @Nullable SliceWork claimable() {
        return stopping() || ordered && !sink.isReady() ? null : window.claimable();
    }

    private boolean allRan() {
        return running == 0 && (limit.reached() || window.allDone());
    }

    private boolean canMerge() {
        return !ordered && merged.isWaiting() && allRan();
    }

    private boolean canFinish() {
        return isIdle() && isHandedOn();
    }

    private boolean isHandedOn() {
        return allRan() && (ordered || merged.isHandedOn());
    }

    /** A worker's turn: takes stripes, hands on what is ready, or ends the run. */
    private void turn(int worker) {
        long began = THREADS.getCurrentThreadCpuTime();
        synchronized (this) {
            turnQueued = false;
            workersHere++;
        }
        int taken = 0;
        while (step(worker)) {
            taken++;
            if (taken == MOST_STRIPES || isWanted()) {
                break;
            }
        }
        flush();
        long took = THREADS.getCurrentThreadCpuTime() - began;
        request.place().spent(took);
        boolean over;
        synchronized (this) {
            meter.spent(took);
            workersHere--;
            over = isIdle() && (failure != null || canFinish());
            if (over) {
                ended = true;
            } else {
                over = schedule();
            }
        }
        if (over) {
            end();
        }
    }

    /** Whether anybody but this run waits for a worker. */
    private synchronized boolean isWanted() {
        return workers.waiting() > (turnQueued ? 1 : 0);
    }

    /** @return whether there was a stripe to run */
    private boolean step(int worker) {
        Claim claim = null;
        boolean merge = false;
        synchronized (this) {
            AquiferException stopped = request.stop().reason();
            if (stopped != null) {
                fail(stopped);
            }
            if (failure == null) {
                claim = claim();
                merge = claim == null && canMerge();
                if (merge) {
                    merged.begin();
                }
                // Another worker may help at once. It is no end: this one is here.
                boolean _ = schedule();
            }
        }
        if (claim != null) {
            run(claim, worker);
        } else if (merge) {
            merge();
        }
        emit();
        load();
        return claim != null;
    }

    private @Nullable Claim claim() {
        SliceWork work = claimable();
        if (work == null) {
            return null;
        }
        meter.stripeStarts();
        running++;
        metrics.count(Counter.STRIPES_SCHEDULED);
        return new Claim(work, window.claim(work));
    }

    private void run(Claim claim, int worker) {
        LoadedSlice loaded = claim.work.loaded();
        int number = claim.work.stripe(claim.index);
        List<Batch> rows = List.of();
        int scanned = 0;
        AquiferException thrown = null;
        long held = 0;
        try {
            Stripe stripe = loaded.stripe(number);
            rows = partials.run(worker, stripe);
            scanned = stripe.rows();
            held = reserve(rows);
        } catch (RuntimeException | Error e) {
            thrown = Crashes.known(e, metrics);
        }
        loaded.release(number);
        synchronized (this) {
            running--;
            meter.scanned(scanned);
            bufferedBytes += held;
            claim.work.ran(claim.index, rows, held);
            if (thrown != null) {
                fail(thrown);
            }
            window.advance();
        }
    }

    /** @return the bytes reserved: what results hold until they are handed on */
    private long reserve(List<Batch> rows) {
        long bytes = 0;
        for (Batch batch : rows) {
            bytes += batch.memoryBytes();
        }
        if (bytes > 0) {
            request.place().memory().reserve(bytes);
        }
        return bytes;
    }

    /** Hands results to the sink while it wants them; one thread at a time. */
    private void emit() {
        while (true) {
            List<Batch> batches;
            long ordinal = ResultSink.NO_ORDINAL;
            long bytes = 0;
            synchronized (this) {
                if (failure != null || !canEmit()) {
                    return;
                }
                emitting = true;
                SliceWork head = ordered ? window.emittable() : null;
                if (head != null) {
                    SliceWork.Result result = head.takeResult();
                    ordinal = result.ordinal();
                    bytes = result.bytes();
                    batches = limit.cut(result.batches());
                } else {
                    batches = List.of(merged.next());
                }
            }
            long handed = 0;
            AquiferException thrown = null;
            try {
                for (Batch batch : batches) {
                    sink.batch(ordinal, batch);
                    handed += batch.rows();
                }
            } catch (RuntimeException | Error e) {
                thrown = Crashes.known(e, metrics);
            }
            synchronized (this) {
                emitting = false;
                limit.handedOn(handed);
                giveBack(bytes);
                if (thrown != null) {
                    fail(thrown);
                }
                window.advance();
            }
        }
    }

    /** Lets the sink hand on what it has, unless another worker is about to give it more, or this one to tell it of the end. */
    private void flush() {
        synchronized (this) {
            boolean isLast = workersHere == 1 && isQuiet() && isHandedOn();
            if (failure != null || emitting || ended || isLast) {
                return;
            }
            emitting = true;
        }
        AquiferException thrown = null;
        try {
            sink.flush();
        } catch (RuntimeException | Error e) {
            thrown = Crashes.known(e, metrics);
        }
        synchronized (this) {
            emitting = false;
            if (thrown != null) {
                fail(thrown);
            }
        }
    }

    private void giveBack(long bytes) {
        if (bytes > 0) {
            bufferedBytes -= bytes;
            request.place().memory().release(bytes);
        }
    }

    private void merge() {
        List<Batch> result = List.of();
        AquiferException thrown = null;
        try {
            result = partials.merge();
        } catch (RuntimeException | Error e) {
            thrown = Crashes.known(e, metrics);
        }
        synchronized (this) {
            merged.finish(result);
            if (thrown != null) {
                fail(thrown);
            }
        }
    }

    /** @return what went wrong with it: the caller is told of an end whatever a device's accumulator does */
    private @Nullable AquiferException giveAllBack() {
        merged.clear();
        try (PartialResults _ = partials;
                SliceWindow _ = window) {
            giveBack(bufferedBytes);
            return null;
        } catch (RuntimeException | Error e) {
            // What the device still has of the work memory is nobody's now.
            request.place().memory().release(request.place().memory().used());
            return Crashes.known(e, metrics);
        }
    }

    /** Gives everything back, then tells the sink. Called by whoever set {@code ended}, when no worker is at the run. */
    private void end() {
        RunStatistics statistics;
        AquiferException why;
        synchronized (this) {
            AquiferException defect = giveAllBack();
            statistics = meter.total(stripes, limit.returned());
            why = failure == null ? defect : failure;
        }
        if (why == null) {
            metrics.count(Counter.FRAGMENTS_FINISHED);
            metrics.add(Counter.ROWS_RETURNED, statistics.rowsReturned());
            sink.finished(statistics);
        } else {
            boolean left = why.code() == ErrorCode.CANCELLED || why.code() == ErrorCode.DEADLINE_EXCEEDED;
            metrics.count(left ? Counter.FRAGMENTS_CANCELLED : Counter.FRAGMENTS_FAILED);
            sink.failed(why);
        }
    }
}
