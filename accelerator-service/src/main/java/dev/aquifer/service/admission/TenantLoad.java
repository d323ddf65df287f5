package dev.aquifer.service.admission;

import java.util.concurrent.atomic.LongAdder;

/** What one tenant does on the node, and did since it started. Guarded by {@link Admission} but for the adders. */
final class TenantLoad {
    /** Made anew when the tenants file gives another limit; fragments keep the budget they began with. */
    Budget memory;

    int running;
    int queued;
    long refused;
    long fragments;
    final LongAdder cpuNanos = new LongAdder();

    TenantLoad(Budget memory) {
        this.memory = memory;
    }
}
