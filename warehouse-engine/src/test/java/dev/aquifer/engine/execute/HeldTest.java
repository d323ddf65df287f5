package dev.aquifer.engine.execute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.aquifer.engine.client.NodePool;
import dev.aquifer.lake.object.Lake;
import dev.aquifer.lake.object.LakeConfig;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.StopSignal;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.type.DataType;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What operators that hold all rows take, and that they can be stopped. */
final class HeldTest {
    private static final int ROWS = 100_000;

    /** Counts, and refuses nothing. */
    private static final class Counted implements MemoryBudget {
        private long now;
        private long most;

        @Override
        public void reserve(long bytes) {
            now += bytes;
            most = Math.max(most, now);
        }

        @Override
        public void release(long bytes) {
            now -= bytes;
        }
    }

    private static Batch rows(long first) {
        return new Batch(
                ROWS,
                List.of(
                        Columns.constant(DataType.INT64, first, ROWS),
                        Columns.constant(DataType.INT64, first + 1, ROWS)));
    }

    @Test
    void aColumnIsThereTwiceWhileItIsPutTogether() {
        List<DataType> types = List.of(DataType.INT64, DataType.INT64);
        Operator input = new UnionOperator(
                List.of(new ValuesOperator(rows(1), types), new ValuesOperator(rows(5), types)), types);
        Counted memory = new Counted();
        try (Lake lake = new Lake(LakeConfig.fromEnvironment());
                NodePool nodes = NodePool.open(List.of());
                LocalDevices devices = LocalDevices.open();
                ExecutorService workers = Executors.newSingleThreadExecutor()) {
            AccessRunner accesses = new AccessRunner(lake, nodes, PushMode.OFF, "auto", null, "q", workers, 1);
            Execution execution = new Execution(devices, accesses, memory, () -> {});
            long bytes = 2 * rows(1).memoryBytes();
            try (Held held = new Held(memory)) {
                Batch all = held.all(input, execution);
                assertEquals(2 * ROWS, all.rows());
                assertEquals(List.of(1L, 2L), all.row(0));
                assertEquals(List.of(5L, 6L), all.row(2 * ROWS - 1));
                assertEquals(bytes, memory.now);
                assertEquals(bytes + bytes / 2, memory.most, "all rows, and one of two columns once more");
            }
            assertEquals(0, memory.now);
        }
    }

    @Test
    void aSortIsStopped() {
        StopSignal stopped = () -> {
            throw new AquiferException(ErrorCode.CANCELLED, "stopped");
        };
        List<SortKey> keys = List.of(new SortKey(0, false, false));
        AquiferException e = assertThrows(AquiferException.class, () -> SortOperator.order(rows(1), keys, stopped));
        assertEquals(ErrorCode.CANCELLED, e.code());
    }
}
