package dev.aquifer.engine.session;

import dev.aquifer.engine.execute.AccessStats;
import java.time.Duration;
import java.util.List;

/**
 * What a query cost.
 *
 * @param planning from text to plan
 * @param execution from the plan to the last batch, or to now
 * @param rows rows of the result so far
 * @param accesses one for each table access, in the order of the plan
 */
public record QueryStats(Duration planning, Duration execution, long rows, List<AccessStats> accesses) {
    public QueryStats {
        accesses = List.copyOf(accesses);
    }

    /** Bytes that nodes sent, over all accesses. */
    public long wireBytes() {
        return accesses.stream().mapToLong(AccessStats::wireBytes).sum();
    }

    /** Bytes read from the lake, by nodes or by the engine itself. */
    public long lakeBytes() {
        return accesses.stream().mapToLong(AccessStats::lakeBytes).sum();
    }

    /** Bytes that fetching the columns would have moved: the queried columns as they lie in the lake. */
    public long columnBytes() {
        return accesses.stream().mapToLong(AccessStats::columnBytes).sum();
    }
}
