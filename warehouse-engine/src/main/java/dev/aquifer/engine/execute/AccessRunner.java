package dev.aquifer.engine.execute;

import dev.aquifer.engine.client.NodePool;
import dev.aquifer.lake.object.ObjectStore;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCategory;
import dev.aquifer.spi.error.ErrorCode;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Runs table accesses: on nodes, or in the engine. In AUTO mode an access whose nodes turn out to be gone or busy, before they
 * sent anything, runs in the engine after all.
 */
public final class AccessRunner {
    private final ObjectStore lake;
    private final NodePool nodes;
    private final PushMode mode;
    private final String device;
    private final @Nullable String token;
    private final String queryId;
    private final ExecutorService workers;
    private final int threads;

    /**
     * @param device {@code auto} or the name of the device that must run every access
     * @param token for the nodes, or null
     * @param queryId names the query in the nodes' logs
     * @param workers threads for row groups that the engine runs itself, {@code threads} of them
     */
    public AccessRunner(
            ObjectStore lake,
            NodePool nodes,
            PushMode mode,
            String device,
            @Nullable String token,
            String queryId,
            ExecutorService workers,
            int threads) {
        this.lake = lake;
        this.nodes = nodes;
        this.mode = mode;
        this.device = device;
        this.token = token;
        this.queryId = queryId;
        this.workers = workers;
        this.threads = threads;
    }

    Decision decide(Access access) {
        return new Decider(nodes, mode, device, token).decide(access);
    }

    String device() {
        return device;
    }

    BatchSource open(Access access, Execution execution) {
        AccessReport report = execution.report(access.table().name());
        // Where there is nothing to decide, nobody is asked first.
        boolean push = mode == PushMode.ON && !nodes.isEmpty();
        if (!push) {
            Decision decision = decide(access);
            push = decision.push();
            report.note(push ? "" : decision.reason());
            // Known before the nodes tell it themselves, which one that is stopped early does not.
            decision.plans().values().stream()
                    .filter(_ -> decision.push())
                    .forEach(plan -> report.device(plan.getDevice()));
        }
        report.stripes(access.stripesTotal(), access.stripesPruned());
        report.columns(access.columnBytes());
        return push ? pushed(access, execution, report) : pulled(access, execution, report);
    }

    private BatchSource pulled(Access access, Execution execution, AccessReport report) {
        return new PulledAccess(access, device, execution, report, lake, workers, threads);
    }

    private BatchSource pushed(Access access, Execution execution, AccessReport report) {
        report.path(true);
        BatchSource source = new PushedAccess(access, nodes, device, queryId, token, execution, report);
        return mode == PushMode.ON ? source : new Falling(source, access, execution, report);
    }

    /** Whether the engine can do what a node could not. A named device is the nodes', so it cannot. */
    private boolean mayFallBack(AquiferException e) {
        boolean nodeIsShort = e.code().category() == ErrorCategory.RESOURCE && e.code() != ErrorCode.DEADLINE_EXCEEDED;
        return nodeIsShort && device.equals("auto");
    }

    private final class Falling implements BatchSource {
        private final Access access;
        private final Execution execution;
        private final AccessReport report;
        private BatchSource source;
        private boolean settled;

        Falling(BatchSource source, Access access, Execution execution, AccessReport report) {
            this.source = source;
            this.access = access;
            this.execution = execution;
            this.report = report;
        }

        @Override
        public @Nullable Batch next() {
            try {
                Batch batch = source.next();
                settled = true;
                return batch;
            } catch (AquiferException e) {
                if (settled || !mayFallBack(e)) {
                    throw e;
                }
                settled = true;
                report.note("pulled: " + e.getMessage());
                source.close();
                source = pulled(access, execution, report);
                return source.next();
            }
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
