package dev.aquifer.engine.execute;

import java.util.LinkedHashSet;
import java.util.Set;

/** Collects what one table access costs while it runs. Thread-safe. */
final class AccessReport {
    private final String table;
    private final Set<String> devices = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private boolean pushed;
    private long stripesTotal;
    private long stripesPruned;
    private long lakeBytes;
    private long ssdBytes;
    private long memoryBytes;
    private long wireBytes;
    private long columnBytes;
    private long rowsScanned;
    private long rowsReturned;
    private long programs;
    private long programHits;

    AccessReport(String table) {
        this.table = table;
    }

    synchronized void path(boolean isPushed) {
        pushed = isPushed;
    }

    synchronized void device(String name) {
        devices.add(name);
    }

    synchronized void note(String text) {
        if (!text.isEmpty()) {
            notes.add(text);
        }
    }

    synchronized void stripes(long total, long pruned) {
        stripesTotal += total;
        stripesPruned += pruned;
    }

    synchronized void bytes(long lake, long ssd, long memory) {
        lakeBytes += lake;
        ssdBytes += ssd;
        memoryBytes += memory;
    }

    synchronized void wire(long bytes) {
        wireBytes += bytes;
    }

    synchronized void columns(long bytes) {
        columnBytes += bytes;
    }

    synchronized void rows(long scanned, long returned) {
        rowsScanned += scanned;
        rowsReturned += returned;
    }

    synchronized void program(boolean hit) {
        programs++;
        programHits += hit ? 1 : 0;
    }

    synchronized AccessStats snapshot() {
        return new AccessStats(
                table,
                pushed,
                String.join(", ", devices),
                String.join("; ", notes),
                stripesTotal,
                stripesPruned,
                lakeBytes,
                ssdBytes,
                memoryBytes,
                wireBytes,
                columnBytes,
                rowsScanned,
                rowsReturned,
                programs,
                programHits);
    }
}
