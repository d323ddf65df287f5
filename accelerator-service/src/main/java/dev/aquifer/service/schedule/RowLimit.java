package dev.aquifer.service.schedule;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.fragment.Terminal;
import java.util.ArrayList;
import java.util.List;

/** How many rows were handed on, and how many may be. Guarded by its {@link FragmentRun}. */
final class RowLimit {
    private final long most;
    private long returned;

    RowLimit(Terminal terminal) {
        this.most = terminal instanceof Terminal.Rows rows && rows.limit() >= 0 ? rows.limit() : Long.MAX_VALUE;
    }

    boolean reached() {
        return returned >= most;
    }

    void handedOn(long rows) {
        returned += rows;
    }

    long returned() {
        return returned;
    }

    /** The batches of a stripe, cut where the limit is reached. */
    List<Batch> cut(List<Batch> batches) {
        List<Batch> kept = new ArrayList<>();
        long left = most - returned;
        for (Batch batch : batches) {
            int rows = (int) Math.min(left, batch.rows());
            if (rows > 0) {
                kept.add(BatchSlice.of(batch, 0, rows));
                left -= rows;
            }
        }
        return kept;
    }
}
