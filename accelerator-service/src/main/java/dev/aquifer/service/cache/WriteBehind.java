package dev.aquifer.service.cache;

import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.tenant.Tenant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks on their way to SSD, which a thread of its own writes: compressing and writing take as long as hydrating, and no
 * query waits for them. It begins when no more blocks come, so as not to take the cores from the query that brings them, or
 * when three quarters of the room for waiting blocks are taken. Thread-safe.
 */
final class WriteBehind implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBehind.class);
    /** Blocks of a query come closer together than this. */
    private static final long QUIET_NANOS = 100_000_000L;

    private final long limit;
    /** So many bytes are written while blocks still come: the rest of the room is for those, so that who brings them need not write. */
    private final long many;

    private final Writer writer;
    private final NodeMetrics metrics;
    private final Thread thread;
    /** In the order in which they came; the one that is being written is among them. */
    private final Map<BlockKey, Waiting> waiting = new LinkedHashMap<>();

    private @Nullable BlockKey writing;
    private long bytes;
    private long lastCame;
    /** How many wait for all to be written. */
    private int inHurry;

    private boolean closed;

    /** Puts a block where it is to be. */
    @FunctionalInterface
    interface Writer {
        void write(Tenant tenant, BlockKey key, CachedBlock block);
    }

    private record Waiting(Tenant tenant, BlockKey key, CachedBlock block) {}

    /** @param limit bytes of blocks that may wait */
    WriteBehind(long limit, Writer writer, NodeMetrics metrics) {
        this.limit = limit;
        this.many = limit / 4 * 3;
        this.writer = writer;
        this.metrics = metrics;
        metrics.gauge("ssd.waiting.bytes", "bytes of blocks in memory that wait to be written to SSD", this::bytes);
        this.thread = Thread.ofPlatform().daemon().name("aquifer-ssd").start(this::work);
    }

    /**
     * Takes a block, with a pin of its own.
     *
     * @return false if there is no room: who brings blocks faster than the disk takes them has to write this one himself
     */
    synchronized boolean offer(Tenant tenant, BlockKey key, CachedBlock block) {
        if (closed || waiting.containsKey(key)) {
            return true;
        }
        if (bytes + block.bytes() > limit) {
            return false;
        }
        boolean wasDue = bytes > many;
        waiting.put(key, new Waiting(tenant, key, block.pin()));
        bytes += block.bytes();
        lastCame = System.nanoTime();
        // Waking the thread for each block would make those who bring them wait for it here.
        if (waiting.size() == 1 || !wasDue && bytes > many) {
            notifyAll();
        }
        return true;
    }

    /** A waiting block, with a pin for the caller; or null. */
    synchronized @Nullable CachedBlock get(BlockKey key) {
        Waiting found = waiting.get(key);
        return found == null ? null : found.block.pin();
    }

    /** The bytes of a waiting block, or -1. */
    synchronized long peek(BlockKey key) {
        Waiting found = waiting.get(key);
        return found == null ? -1 : found.block.bytes();
    }

    /**
     * Forgets waiting blocks by name. One that is being written is written when this returns.
     *
     * @return the bytes of those forgotten
     */
    synchronized Map<BlockKey, Long> forget(Predicate<BlockKey> which) {
        Map<BlockKey, Long> forgotten = new LinkedHashMap<>();
        List<Waiting> all = new ArrayList<>(waiting.values());
        for (Waiting one : all) {
            if (which.test(one.key) && !one.key.equals(writing)) {
                remove(one);
                forgotten.put(one.key, one.block.bytes());
            }
        }
        BlockKey underWay = writing;
        if (underWay != null && which.test(underWay)) {
            await(() -> !underWay.equals(writing));
        }
        return forgotten;
    }

    /** Waits until all blocks that wait now are written. */
    synchronized void drain() {
        // Not those that come meanwhile: there may be no end of them.
        List<Waiting> now = List.copyOf(waiting.values());
        inHurry++;
        notifyAll();
        try {
            await(() -> now.stream().noneMatch(one -> one.equals(waiting.get(one.key))));
        } finally {
            inHurry--;
        }
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Waits, whatever interrupts it, for something that the thread brings about. */
    private void await(BooleanSupplier done) {
        boolean interrupted = false;
        while (!done.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove(Waiting one) {
        waiting.remove(one.key);
        bytes -= one.block.bytes();
        one.block.unpin();
        notifyAll();
    }

    private void work() {
        for (Waiting one = next(); one != null; one = next()) {
            try {
                writer.write(one.tenant, one.key, one.block);
            } catch (Throwable e) {
                // The last line of defence: without it a defect would stop all writing, and closing would not end.
                metrics.count(Counter.TASKS_CRASHED);
                LOG.error("writing {} to SSD ended with {}", one.key, e.toString(), e);
            } finally {
                synchronized (this) {
                    writing = null;
                    remove(one);
                }
            }
        }
    }

    /** The next block when its time has come; null after the last, once this is closed. */
    private synchronized @Nullable Waiting next() {
        while (true) {
            if (waiting.isEmpty() && closed) {
                return null;
            }
            long quiet = System.nanoTime() - lastCame;
            boolean due = closed || inHurry > 0 || bytes > many || quiet >= QUIET_NANOS;
            if (!waiting.isEmpty() && due) {
                Waiting first = waiting.values().iterator().next();
                writing = first.key;
                return first;
            }
            try {
                if (waiting.isEmpty()) {
                    wait();
                } else {
                    wait((QUIET_NANOS - quiet) / 1_000_000 + 1);
                }
            } catch (InterruptedException e) {
                // Nobody interrupts this thread but a debugger; closing ends it.
            }
        }
    }

    /** Writes what waits, and takes nothing from now on. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
