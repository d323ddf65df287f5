package dev.aquifer.benchmarks.latency;

import dev.aquifer.engine.session.QueryResult;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;

/** Reads answers that are counts, or parts of them. */
final class Counts {
    private Counts() {}

    /** Reads to the end, and closes. */
    static long read(QueryResult result) {
        long answer = 0;
        try (result) {
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                answer += sum(batch);
            }
        }
        return answer;
    }

    /** The first column's sum. */
    static long sum(Batch batch) {
        Column column = batch.column(0);
        long sum = 0;
        for (int row = 0; row < batch.rows(); row++) {
            if (column.value(row) instanceof Long count) {
                sum += count;
            }
        }
        return sum;
    }
}
