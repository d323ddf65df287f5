package dev.aquifer.service.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.type.DataType;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocks that wait for a disk that takes its time: as long as the test holds it up. */
final class WriteBehindTest {
    private final NodeMetrics metrics = new NodeMetrics();
    private final BlockMemory blocks = new BlockMemory(1 << 30);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<BlockKey> written = new CopyOnWriteArrayList<>();

    @AfterEach
    void nothingLeaks() {
        assertEquals(0, blocks.pins());
        assertEquals(0, blocks.liveBytes());
        metrics.close();
    }

    private static BlockKey key(int stripe) {
        return new ChunkKey("default", new ObjectVersion("file:///x", "v", 1), 0, "c", DataType.FLOAT64).stripe(stripe);
    }

    private CachedBlock block() {
        double[] values =
                DoubleStream.iterate(1, value -> value * 1.5).limit(1_000).toArray();
        return blocks.encode(new DoubleColumn(DataType.FLOAT64, values.length, values, null), values.length);
    }

    private WriteBehind behind(long limit) {
        return new WriteBehind(limit, this::write, metrics);
    }

    private void write(Tenant tenant, BlockKey key, CachedBlock block) {
        begun.countDown();
        boolean interrupted = false;
        while (gate.getCount() > 0) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        assertFalse(interrupted);
        written.add(key);
    }

    @Test
    void whatWaitsIsGivenOutUntilItIsWritten() throws InterruptedException {
        CachedBlock block = block();
        try (WriteBehind behind = behind(1 << 20)) {
            assertTrue(behind.offer(Tenant.DEFAULT, key(1), block));
            begun.await();
            assertEquals(block.bytes(), behind.peek(key(1)));
            CachedBlock given = behind.get(key(1));
            assertSame(block, given);
            assertNotNull(given);
            given.unpin();
            gate.countDown();
            behind.drain();
            assertEquals(List.of(key(1)), written);
            assertNull(behind.get(key(1)));
            assertEquals(-1, behind.peek(key(1)));
            assertEquals(0, behind.bytes());
        }
        block.unpin();
    }

    @Test
    void whatIsForgottenIsNotWritten() throws InterruptedException {
        CachedBlock block = block();
        try (WriteBehind behind = behind(1 << 20)) {
            assertTrue(behind.offer(Tenant.DEFAULT, key(1), block));
            begun.await();
            for (int stripe = 2; stripe <= 4; stripe++) {
                assertTrue(behind.offer(Tenant.DEFAULT, key(stripe), block));
            }
            assertEquals(
                    Set.of(key(2), key(4)),
                    behind.forget(key -> key.stripe() % 2 == 0).keySet());
            gate.countDown();
        }
        // Closing writes the rest.
        assertEquals(List.of(key(1), key(3)), written);
        block.unpin();
    }

    @Test
    void thereIsNoRoomBeyondTheLimit() throws InterruptedException {
        CachedBlock block = block();
        try (WriteBehind behind = behind(2 * block.bytes())) {
            assertTrue(behind.offer(Tenant.DEFAULT, key(1), block));
            begun.await();
            assertTrue(behind.offer(Tenant.DEFAULT, key(2), block));
            assertFalse(behind.offer(Tenant.DEFAULT, key(3), block));
            // It is there already.
            assertTrue(behind.offer(Tenant.DEFAULT, key(1), block));
            gate.countDown();
        }
        assertEquals(List.of(key(1), key(2)), written);
        block.unpin();
    }
}
