package dev.aquifer.service.admission;

import dev.aquifer.service.tenant.Tenant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue that gives tenants their turns by weight, and the items of one tenant in the order they came (stride
 * scheduling, Waldspurger and Weihl, 1995). A tenant that had nothing to do gains no credit for it. Thread-safe.
 */
public final class FairQueue<T> {
    private static final long STRIDE = 1L << 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<String, Lane<T>> lanes = new HashMap<>();
    private final PriorityQueue<Lane<T>> waiting = new PriorityQueue<>(
            Comparator.comparingLong((Lane<T> lane) -> lane.pass).thenComparing(lane -> lane.name));
    /** The pass of the lane that had the last turn: where a lane that comes back begins. */
    private long now;

    private boolean closed;
    /** Changed under the lock; read without it, between stripes. */
    private final AtomicInteger size = new AtomicInteger();

    private static final class Lane<T> {
        final String name;
        final Deque<T> items = new ArrayDeque<>();
        long pass;
        long stride;

        Lane(String name) {
            this.name = name;
        }
    }

    /** @return whether the item was taken in; false once the queue is closed */
    public boolean offer(Tenant tenant, T item) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            Lane<T> lane = lanes.computeIfAbsent(tenant.name(), Lane::new);
            lane.stride = STRIDE / tenant.weight();
            boolean wasEmpty = lane.items.isEmpty();
            lane.items.addLast(item);
            if (wasEmpty) {
                lane.pass = Math.max(lane.pass, now);
                waiting.add(lane);
            }
            size.incrementAndGet();
            arrived.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an item; null once the queue is closed and empty. */
    public @Nullable T take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Lane<T> lane = waiting.poll();
                if (lane != null) {
                    return next(lane);
                }
                if (closed) {
                    return null;
                }
                arrived.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private T next(Lane<T> lane) {
        T item = lane.items.removeFirst();
        size.decrementAndGet();
        now = lane.pass;
        lane.pass += lane.stride;
        if (!lane.items.isEmpty()) {
            waiting.add(lane);
        }
        return item;
    }

    /** Takes nothing in any more. What is in it can still be taken. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public int size() {
        return size.get();
    }
}
