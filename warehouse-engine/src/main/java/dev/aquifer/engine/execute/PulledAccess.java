package dev.aquifer.engine.execute;

import dev.aquifer.engine.catalog.DataFile;
import dev.aquifer.lake.object.ObjectStore;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.BlockEncoder;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.Slice;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A table access that the engine runs itself: it fetches the columns, encodes them, and runs the fragment's program on a
 * device of its own. Row groups run in parallel, a few ahead of the reader; rows are taken in order, groups and first rows when all are done.
 */
final class PulledAccess implements BatchSource {
    private final Access access;
    private final Execution execution;
    private final AccessReport report;
    private final ObjectStore lake;
    private final ExecutorService workers;
    private final int ahead;
    private final CompiledFragment compiled;
    private final boolean ordered;
    private final Kernel kernel;
    private final PartialMerge merge;
    private final Map<ObjectVersion, DataFile> files = new HashMap<>();
    private final ArrayDeque<Future<List<Batch>>> pending = new ArrayDeque<>();
    private final ArrayDeque<Batch> ready = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Turnstile running = new Turnstile();
    /** Accumulators that no task is at; a task takes one or opens one more, so there are no more than tasks at a time. */
    private final Deque<Accumulator> idle = new ConcurrentLinkedDeque<>();

    private int submitted;
    private boolean done;

    PulledAccess(
            Access access,
            String device,
            Execution execution,
            AccessReport report,
            ObjectStore lake,
            ExecutorService workers,
            int threads) {
        this.access = access;
        this.execution = execution;
        this.report = report;
        this.lake = lake;
        this.workers = workers;
        this.ahead = threads + 1;
        this.compiled = FragmentCompiler.compile(access.work().wholeFragment());
        this.ordered = access.fragment().terminal() instanceof Terminal.Rows;
        Device chosen = execution.devices().choose(device, compiled.program());
        report.path(false);
        report.device(chosen.info().name());
        access.table().files().forEach(file -> files.put(file.object(), file));
        this.kernel = chosen.compile(compiled.program());
        this.merge = PartialMerge.of(access.work(), true, execution.context());
    }

    @Override
    public @Nullable Batch next() {
        while (ready.isEmpty() && !done) {
            execution.checkStop();
            submit();
            Future<List<Batch>> first = pending.poll();
            if (first == null || merge.isFull()) {
                done = true;
                if (first == null) {
                    combine();
                }
                ready.addAll(merge.finish());
            } else {
                for (Batch partial : result(first)) {
                    ready.addAll(merge.add(partial));
                }
            }
        }
        return ready.poll();
    }

    /** All tasks are done: what their accumulators hold becomes one result. */
    private void combine() {
        if (ordered) {
            return;
        }
        if (idle.isEmpty()) {
            // An aggregate without keys has a row also over no slices.
            idle.add(kernel.open(compiled.arguments(), execution.context()));
        }
        for (Batch batch : kernel.combine(List.copyOf(idle), execution.context())) {
            report.rows(0, batch.rows());
            ready.addAll(merge.add(batch));
        }
    }

    private void submit() {
        while (pending.size() < ahead && submitted < access.slices().size() && !merge.isFull()) {
            Slice slice = access.slices().get(submitted++);
            try {
                pending.add(workers.submit(() -> run(slice)));
            } catch (RejectedExecutionException e) {
                throw new AquiferException(ErrorCode.CANCELLED, "the engine was closed", e);
            }
        }
    }

    private List<Batch> run(Slice slice) {
        // The kernel must outlive whoever uses it; a task that begins after the end finds the door shut.
        if (!running.enter()) {
            throw new CancellationException();
        }
        try {
            return runEntered(slice);
        } finally {
            running.leave();
        }
    }

    private List<Batch> runEntered(Slice slice) {
        execution.checkStop();
        DataFile file = files.get(slice.object());
        if (file == null) {
            throw new AquiferException(ErrorCode.INTERNAL, "no file " + slice.object() + " in the table");
        }
        List<Batch> results = new ArrayList<>();
        SliceReader reader = new SliceReader(lake, file, access.fragment().columns());
        long scanned = 0;
        Accumulator known = idle.poll();
        Accumulator accumulator = known == null ? kernel.open(compiled.arguments(), execution.context()) : known;
        try {
            reader.open(slice);
            report.bytes(reader.bytesRead(), 0, 0);
            int stripes = Math.toIntExact((slice.rows() + Stripes.MAX_ROWS - 1) / Stripes.MAX_ROWS);
            for (int i = 0; i < stripes && !closed.get(); i++) {
                int rows = SliceReader.stripeRows(slice, i);
                try (Arena arena = Arena.ofConfined()) {
                    List<Block> blocks = new ArrayList<>();
                    for (Column column : reader.stripe(rows)) {
                        blocks.add(BlockEncoder.encode(column, arena));
                    }
                    scanned += rows;
                    results.addAll(accumulator.run(new Stripe(slice.firstOrdinal() + i, rows, blocks)));
                }
            }
        } finally {
            idle.add(accumulator);
        }
        report.rows(scanned, results.stream().mapToLong(Batch::rows).sum());
        return results;
    }

    private static List<Batch> result(Future<List<Batch>> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AquiferException known) {
                throw known;
            }
            if (e.getCause() instanceof OutOfMemoryError full) {
                throw new AquiferException(ErrorCode.MEMORY_EXCEEDED, "the engine's memory is full", full);
            }
            throw new AquiferException(ErrorCode.INTERNAL, "a table access failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AquiferException(ErrorCode.CANCELLED, "interrupted", e);
        } catch (CancellationException e) {
            throw new AquiferException(ErrorCode.CANCELLED, "the query was closed", e);
        }
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        pending.forEach(task -> task.cancel(false));
        pending.clear();
        running.awaitNone();
        idle.forEach(Accumulator::close);
        merge.close();
        kernel.close();
    }
}
