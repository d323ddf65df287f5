package dev.aquifer.service.admission;

import dev.aquifer.service.tenant.Tenant;
import java.util.concurrent.atomic.AtomicBoolean;

/** A fragment's place on the node. Closing gives it back, to the next that waits. */
public final class Place implements AutoCloseable {
    private final Admission admission;
    private final Tenant tenant;
    private final TenantLoad load;
    private final Budget memory;
    private final AtomicBoolean closed = new AtomicBoolean();

    Place(Admission admission, Tenant tenant, TenantLoad load, Budget memory) {
        this.admission = admission;
        this.tenant = tenant;
        this.load = load;
        this.memory = memory;
    }

    public Tenant tenant() {
        return tenant;
    }

    /** The fragment's work memory: counts for the tenant and the node too. */
    public Budget memory() {
        return memory;
    }

    /** Adds processor time that a worker spent for the fragment. */
    public void spent(long cpuNanos) {
        load.cpuNanos.add(cpuNanos);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            admission.leave(load);
        }
    }
}
