package dev.aquifer.service.server;

import dev.aquifer.protocol.proto.ArrowChunk;
import dev.aquifer.protocol.proto.ExecuteRequest;
import dev.aquifer.protocol.proto.ExecuteResponse;
import dev.aquifer.protocol.proto.Statistics;
import dev.aquifer.protocol.status.Statuses;
import dev.aquifer.service.admission.Cancellation;
import dev.aquifer.service.admission.Place;
import dev.aquifer.service.compile.ProgramCache;
import dev.aquifer.service.hydrate.LoadCounts;
import dev.aquifer.service.schedule.Crashes;
import dev.aquifer.service.schedule.FragmentRun;
import dev.aquifer.service.schedule.ResultSink;
import dev.aquifer.service.schedule.RunRequest;
import dev.aquifer.service.schedule.RunStatistics;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.fragment.Terminal;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One call of Execute: plan in, place taken, run started, results out. The end, whichever it is, gives back the place and
 * the kernel before the caller hears of it.
 */
final class ExecuteCall implements ResultSink {
    private final NodeParts node;
    private final ExecuteRequest request;
    private final ServerCallStreamObserver<ExecuteResponse> out;
    private final Tenant tenant;
    private final Cancellation stop;
    private final LoadCounts counts = new LoadCounts();
    private final long arrivedAt = System.nanoTime();
    private final AtomicBoolean closed = new AtomicBoolean();

    private volatile @Nullable CompletableFuture<Place> waiting;
    private volatile @Nullable FragmentRun run;
    private @Nullable Place place;
    private ProgramCache.@Nullable Lease kernel;
    private @Nullable PreparedFragment prepared;
    private @Nullable ResultStream results;

    ExecuteCall(NodeParts node, ExecuteRequest request, ServerCallStreamObserver<ExecuteResponse> out, Tenant tenant) {
        this.node = node;
        this.request = request;
        this.out = out;
        this.tenant = tenant;
        this.stop = CallStop.ofCall();
    }

    /** Sets up the call, and leaves the rest to {@link NodeParts#entry}. */
    void start() {
        out.setOnCancelHandler(this::cancelled);
        out.setOnReadyHandler(this::resume);
        node.entry().execute(this::begin);
    }

    private void cancelled() {
        CallStop.callerLeft(stop);
        CompletableFuture<Place> queue = waiting;
        if (queue != null) {
            queue.completeExceptionally(Cancellation.cancelled());
        }
        resume();
    }

    private void resume() {
        FragmentRun started = run;
        if (started != null) {
            started.resume();
        }
    }

    private void begin() {
        try {
            stop.check();
            if (!request.getWaitForCapacity()) {
                enter(node.admission().admit(tenant));
                return;
            }
            CompletableFuture<Place> queue = node.admission().admitOrWait(tenant);
            waiting = queue;
            CompletableFuture<Void> _ = queue.handle((given, thrown) -> {
                // Not on the thread that just left: it has its own caller to answer.
                node.calls().execute(() -> admitted(given, thrown));
                return null;
            });
            if (stop.stopped()) {
                queue.completeExceptionally(Cancellation.cancelled());
            }
        } catch (RuntimeException | Error e) {
            failed(Crashes.known(e, node.metrics()));
        }
    }

    private void admitted(@Nullable Place given, @Nullable Throwable thrown) {
        if (given == null) {
            AquiferException why = stop.reason();
            failed(why == null ? Crashes.known(thrown, node.metrics()) : why);
            return;
        }
        try {
            enter(given);
        } catch (RuntimeException | Error e) {
            failed(Crashes.known(e, node.metrics()));
        }
    }

    private void enter(Place given) {
        place = given;
        PreparedFragment fragment =
                node.intake().prepare(request.getSubstraitPlan(), request.getDevice(), tenant, counts, stop);
        ProgramCache.Lease lease = node.programs()
                .get(fragment.placement().device(), fragment.compiled().program());
        kernel = lease;
        prepared = fragment;
        ResultStream stream = new ResultStream(out, fragment.results(), node.metrics());
        results = stream;
        stream.schema();
        FragmentRun started = new FragmentRun(
                new RunRequest(
                        fragment.fragment(),
                        lease.kernel(),
                        fragment.compiled().arguments(),
                        fragment.slices(),
                        given,
                        counts,
                        stop),
                node.loader(),
                node.workers(),
                this,
                node.metrics());
        run = started;
        started.start();
    }

    @Override
    public boolean isReady() {
        return out.isReady();
    }

    @Override
    public void batch(long ordinal, Batch batch) {
        ResultStream stream = results;
        if (stream != null) {
            stream.batch(ordinal, batch);
        }
    }

    @Override
    public void flush() {
        ResultStream stream = results;
        if (stream != null) {
            stream.flush();
        }
    }

    @Override
    public void finished(RunStatistics ran) {
        ArrowChunk rows = results == null ? null : results.take();
        ExecuteResponse.Builder last = ExecuteResponse.newBuilder().setStatistics(statistics(ran));
        if (rows != null) {
            last.setArrow(rows);
        }
        if (release()) {
            out.onNext(last.build());
            out.onCompleted();
        }
    }

    @Override
    public void failed(AquiferException failure) {
        if (release()) {
            out.onError(Statuses.toStatus(failure));
        }
    }

    /** @return whether the caller has not been told the end yet */
    private boolean release() {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        try (Place _ = place;
                ProgramCache.Lease _ = kernel) {
            return true;
        } catch (RuntimeException | Error e) {
            // A device that fails to let a kernel go; logged and counted, and the caller is told its end all the same.
            AquiferException _ = Crashes.known(e, node.metrics());
            return true;
        }
    }

    private Statistics statistics(RunStatistics ran) {
        Statistics.Builder all = Statistics.newBuilder();
        PreparedFragment fragment = prepared;
        if (fragment != null) {
            boolean rows = fragment.fragment().terminal() instanceof Terminal.Rows;
            List<String> reasons = new ArrayList<>(fragment.placement().reasons());
            fragment.placement()
                    .refused()
                    .forEach(refusal ->
                            reasons.add("not " + refusal.device() + ": " + String.join("; ", refusal.reasons())));
            all.setDevice(fragment.placement().device().info().name())
                    .addAllReasons(reasons)
                    .setRowsSelected(rows ? ran.rowsReturned() : 0)
                    .setPartialRows(
                            fragment.fragment().terminal() instanceof Terminal.Aggregate ? ran.rowsReturned() : 0);
        }
        return all.setStripesTotal(ran.stripesTotal())
                .setStripesPruned(ran.stripesPruned())
                .setBytesFromMemory(counts.bytes(LoadCounts.Tier.MEMORY))
                .setBytesFromSsd(counts.bytes(LoadCounts.Tier.SSD))
                .setBytesFromLake(counts.bytes(LoadCounts.Tier.LAKE))
                .setLakeBytesFetched(counts.fetchedBytes())
                .setLakeRequests(counts.requests())
                .setBlocksFromMemory(counts.blocks(LoadCounts.Tier.MEMORY))
                .setBlocksFromSsd(counts.blocks(LoadCounts.Tier.SSD))
                .setBlocksFromLake(counts.blocks(LoadCounts.Tier.LAKE))
                .setRowsScanned(ran.rowsScanned())
                .setRowsReturned(ran.rowsReturned())
                .setBytesReturned(results == null ? 0 : results.bytes())
                .setQueueNanos(ran.queueNanos())
                .setCpuNanos(ran.cpuNanos())
                .setElapsedNanos(System.nanoTime() - arrivedAt)
                .setProgramCacheHit(kernel != null && kernel.hit())
                .build();
    }
}
