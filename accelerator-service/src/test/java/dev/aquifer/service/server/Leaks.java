package dev.aquifer.service.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.BooleanSupplier;

/** What a node must not hold when its work is done. */
final class Leaks {
    private Leaks() {}

    /** After the node was closed: nothing at all. */
    static void none(NodeServer node) {
        NodeParts parts = node.parts();
        assertEquals(0, parts.blocks().pins(), "pins");
        assertEquals(0, parts.blocks().liveBlocks(), "blocks in memory");
        assertEquals(0, parts.blocks().liveBytes(), "bytes of blocks in memory");
        assertEquals(0, parts.admission().memory().used(), "work memory");
        assertEquals(0, parts.admission().running(), "fragments");
    }

    /** While the node runs, soon after the last call ended: only what the cache keeps. */
    static void idle(NodeServer node) {
        NodeParts parts = node.parts();
        await(() -> parts.admission().running() == 0, "fragments still run");
        await(() -> parts.blocks().pins() == 0, "blocks are still pinned");
        assertEquals(0, parts.admission().memory().used(), "work memory");
        // What a call that failed was loading still arrives, and is kept.
        await(() -> parts.memory().bytes() == parts.blocks().liveBytes(), "there are blocks beside those kept");
    }

    /** Waits for something that happens soon; fails after half a minute. */
    static void await(BooleanSupplier condition, String otherwise) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(otherwise);
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
