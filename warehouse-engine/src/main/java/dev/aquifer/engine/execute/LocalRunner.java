package dev.aquifer.engine.execute;

import dev.aquifer.lake.object.ObjectStore;
import java.util.concurrent.ExecutorService;

/**
 * Runs table accesses in the engine.
 *
 * @param device {@code auto} or the name of the device that must run them
 * @param workers threads for row groups, {@code threads} of them
 */
public record LocalRunner(ObjectStore lake, String device, ExecutorService workers, int threads)
        implements AccessRunner {
    @Override
    public BatchSource open(Access access, Execution execution) {
        AccessReport report = execution.report(access.table().name());
        return new PulledAccess(access, device, execution, report, lake, workers, threads);
    }
}
