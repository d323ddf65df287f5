package dev.aquifer.service.admission;

import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that take their work from a {@link FairQueue}. A task tells its own failures to whoever waits for it; a
 * throwable that gets here is a defect, is logged and counted, and the thread goes on.
 */
public final class FairPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FairPool.class);

    /** Work of a pool. */
    @FunctionalInterface
    public interface Task {
        /** @param worker the thread's number, from 0: an index of what belongs to a thread */
        void run(int worker);
    }

    private final FairQueue<Task> queue = new FairQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final NodeMetrics metrics;

    public FairPool(String name, int size, NodeMetrics metrics) {
        this.metrics = metrics;
        for (int i = 0; i < size; i++) {
            int worker = i;
            threads.add(Thread.ofPlatform().daemon().name(name + "-" + i).start(() -> work(worker)));
        }
    }

    private void work(int worker) {
        while (true) {
            Task task;
            try {
                task = queue.take();
            } catch (InterruptedException e) {
                // Nobody interrupts these threads but a debugger; the queue's close ends them.
                continue;
            }
            if (task == null) {
                return;
            }
            try {
                task.run(worker);
            } catch (Throwable e) {
                // The last line of defence: without it a defect would cost a thread each time.
                metrics.count(Counter.TASKS_CRASHED);
                LOG.error("a task ended with {}", e.toString(), e);
            }
        }
    }

    public int size() {
        return threads.size();
    }

    /** Tasks that wait for a thread now. */
    public int waiting() {
        return queue.size();
    }

    /** @return false once the pool is closed */
    public boolean submit(Tenant tenant, Task task) {
        return queue.offer(tenant, task);
    }

    /** Runs what was submitted, then ends the threads. */
    @Override
    public void close() {
        queue.close();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
