package dev.aquifer.engine.execute;

import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.StopSignal;
import java.util.ArrayList;
import java.util.List;

/** One run of a plan: what it may use, where it reports, and how it learns that it should stop. Thread-safe. */
public final class Execution {
    private final LocalDevices devices;
    private final AccessRunner accesses;
    private final ExecutionContext context;
    private final List<AccessReport> reports = new ArrayList<>();

    /**
     * @param devices what the engine itself runs fragments on
     * @param accesses runs table accesses
     */
    public Execution(LocalDevices devices, AccessRunner accesses, MemoryBudget memory, StopSignal stop) {
        this.devices = devices;
        this.accesses = accesses;
        this.context = new ExecutionContext(memory, stop);
    }

    LocalDevices devices() {
        return devices;
    }

    AccessRunner accesses() {
        return accesses;
    }

    ExecutionContext context() {
        return context;
    }

    MemoryBudget memory() {
        return context.memory();
    }

    void checkStop() {
        context.stop().check();
    }

    AccessReport report(String table) {
        AccessReport report = new AccessReport(table);
        synchronized (reports) {
            reports.add(report);
        }
        return report;
    }

    /** What the table accesses have cost so far, in the order in which they began. */
    public List<AccessStats> stats() {
        synchronized (reports) {
            return reports.stream().map(AccessReport::snapshot).toList();
        }
    }
}
