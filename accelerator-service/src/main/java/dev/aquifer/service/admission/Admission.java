package dev.aquifer.service.admission;

import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lets fragments in, lets them wait, or refuses them with the time after which to try again. Thread-safe. */
public final class Admission {
    private static final Duration RETRY_AFTER = Duration.ofMillis(250);
    private static final Duration RETRY_ELSEWHERE = Duration.ofSeconds(2);
    /** Waiting requests hold their plans: there is an end to them too. */
    private static final int MAX_WAITING = 10_000;

    private final Budget memory;
    private final int maxFragments;
    private final NodeMetrics metrics;
    private final Map<String, TenantLoad> tenants = new HashMap<>();
    /** In the order they came. */
    private final Set<Waiter> waiting = new LinkedHashSet<>();

    private int running;
    private boolean draining;

    /** Two are the same where their futures are: those have no equality but identity. */
    private record Waiter(Tenant tenant, TenantLoad load, CompletableFuture<Place> place) {}

    /** @param maxFragments fragments of all tenants that may run at once */
    public Admission(Budget memory, int maxFragments, NodeMetrics metrics) {
        this.memory = memory;
        this.maxFragments = maxFragments;
        this.metrics = metrics;
        metrics.gauge("fragments.running", "fragments that run now", this::running);
        metrics.gauge("fragments.waiting", "fragments that wait for a place", this::waiting);
        metrics.gauge("work.memory.bytes", "work memory in use", memory::used);
    }

    /** @throws AquiferException CONCURRENCY_EXCEEDED or NODE_UNAVAILABLE, with a retry-after */
    public synchronized Place admit(Tenant tenant) {
        TenantLoad load = load(tenant);
        refuseIfDraining();
        String cap = cap(tenant, load);
        if (cap != null) {
            throw refused(load, cap);
        }
        return enter(tenant, load);
    }

    /**
     * A place now or when there is room. Completing the future with anything else, or cancelling it, takes the request out
     * of the queue.
     *
     * @throws AquiferException NODE_UNAVAILABLE, or CONCURRENCY_EXCEEDED where too many wait already
     */
    public synchronized CompletableFuture<Place> admitOrWait(Tenant tenant) {
        TenantLoad load = load(tenant);
        refuseIfDraining();
        if (cap(tenant, load) == null) {
            return CompletableFuture.completedFuture(enter(tenant, load));
        }
        if (waiting.size() >= MAX_WAITING) {
            throw refused(load, MAX_WAITING + " requests wait for a place on this node already");
        }
        Waiter waiter = new Waiter(tenant, load, new CompletableFuture<>());
        waiting.add(waiter);
        load.queued++;
        CompletableFuture<Place> _ = waiter.place.whenComplete((place, thrown) -> gone(waiter));
        return waiter.place;
    }

    /** Whoever stopped waiting makes room in the queue for others, at once and not when a place is free. */
    private synchronized void gone(Waiter waiter) {
        if (waiting.remove(waiter)) {
            waiter.load.queued--;
        }
    }

    private void refuseIfDraining() {
        if (draining) {
            throw unavailable();
        }
    }

    private static AquiferException unavailable() {
        return AquiferException.retryLater(
                ErrorCode.NODE_UNAVAILABLE, "this node is shutting down and takes no new work", RETRY_ELSEWHERE);
    }

    /** The cap that keeps the tenant from entering, or null. */
    private @Nullable String cap(Tenant tenant, TenantLoad load) {
        if (load.running >= tenant.maxFragments()) {
            return "tenant " + tenant.name() + " runs " + load.running + " fragments, and its cap is "
                    + tenant.maxFragments();
        }
        if (running >= maxFragments) {
            return "this node runs " + running + " fragments, and its cap is " + maxFragments;
        }
        return null;
    }

    private Place enter(Tenant tenant, TenantLoad load) {
        load.running++;
        load.fragments++;
        running++;
        metrics.count(Counter.FRAGMENTS_STARTED);
        return new Place(this, tenant, load, load.memory.child("this fragment", Long.MAX_VALUE));
    }

    private AquiferException refused(TenantLoad load, String why) {
        load.refused++;
        metrics.count(Counter.REFUSED_CONCURRENCY);
        return AquiferException.retryLater(ErrorCode.CONCURRENCY_EXCEEDED, why, RETRY_AFTER);
    }

    void leave(TenantLoad load) {
        List<Runnable> admitted = new ArrayList<>();
        synchronized (this) {
            load.running--;
            running--;
            notifyAll();
            for (Iterator<Waiter> each = waiting.iterator(); each.hasNext(); ) {
                Waiter waiter = each.next();
                if (cap(waiter.tenant, waiter.load) == null) {
                    each.remove();
                    waiter.load.queued--;
                    Place place = enter(waiter.tenant, waiter.load);
                    admitted.add(() -> hand(waiter, place));
                }
            }
        }
        // Outside of the lock: what waits for the future runs here.
        admitted.forEach(Runnable::run);
    }

    private static void hand(Waiter waiter, Place place) {
        if (!waiter.place.complete(place)) {
            place.close();
        }
    }

    private TenantLoad load(Tenant tenant) {
        TenantLoad load = tenants.computeIfAbsent(
                tenant.name(), name -> new TenantLoad(memory.child("tenant " + name, tenant.maxMemoryBytes())));
        if (load.memory.limit() != tenant.maxMemoryBytes()) {
            load.memory = memory.child("tenant " + tenant.name(), tenant.maxMemoryBytes());
        }
        return load;
    }

    /** Refuses everything from now on, also what waits; what runs goes on. */
    public void drain() {
        List<Waiter> left;
        synchronized (this) {
            draining = true;
            left = List.copyOf(waiting);
            waiting.clear();
            left.forEach(waiter -> waiter.load.queued--);
        }
        left.forEach(waiter -> waiter.place.completeExceptionally(unavailable()));
    }

    /**
     * Waits until no fragment runs.
     *
     * @return false if some still ran after the time given
     */
    public synchronized boolean awaitIdle(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (running > 0) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    public synchronized boolean accepting() {
        return !draining;
    }

    public synchronized int running() {
        return running;
    }

    public synchronized int waiting() {
        return waiting.size();
    }

    /** The node's work memory. */
    public Budget memory() {
        return memory;
    }

    public synchronized TenantLoadSnapshot snapshot(Tenant tenant) {
        TenantLoad load = load(tenant);
        return new TenantLoadSnapshot(
                load.running, load.queued, load.fragments, load.refused, load.cpuNanos.sum(), load.memory.used());
    }
}
