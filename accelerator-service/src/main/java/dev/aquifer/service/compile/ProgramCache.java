package dev.aquifer.service.compile;

import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.primitive.Program;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Kernels by device and program, the least recently used leaving first. Constants are no part of a program, so fragments
 * that differ in them alone share a kernel. A kernel that leaves is closed when its last user is done. Thread-safe.
 */
public final class ProgramCache implements AutoCloseable {
    private final int capacity;
    private final NodeMetrics metrics;
    private final Map<Key, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(String device, Program program) {}

    /** A kernel and its users; the cache is one. */
    private static final class Slot {
        private @Nullable Kernel kernel;
        private int users = 1;
    }

    /** A kernel in use. */
    public final class Lease implements AutoCloseable {
        private final Slot slot;
        private final Kernel kernel;
        private final boolean hit;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lease(Slot slot, Kernel kernel, boolean hit) {
            this.slot = slot;
            this.kernel = kernel;
            this.hit = hit;
        }

        public Kernel kernel() {
            return kernel;
        }

        /** Whether the kernel was here already. */
        public boolean hit() {
            return hit;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                letGo(slot);
            }
        }
    }

    /** @param capacity kernels to keep */
    public ProgramCache(int capacity, NodeMetrics metrics) {
        this.capacity = capacity;
        this.metrics = metrics;
        metrics.gauge("programs", "compiled programs kept", this::size);
    }

    /** @throws AquiferException DEVICE_UNSUPPORTED as the device says it */
    public Lease get(Device device, Program program) {
        Slot slot;
        boolean hit;
        List<Slot> leaving = new ArrayList<>();
        synchronized (this) {
            Key key = new Key(device.info().name(), program);
            Slot known = slots.get(key);
            hit = known != null;
            slot = known == null ? new Slot() : known;
            slot.users++;
            slots.put(key, slot);
            Iterator<Slot> eldest = slots.values().iterator();
            for (int over = slots.size() - capacity; over > 0; over--) {
                leaving.add(eldest.next());
                eldest.remove();
            }
        }
        leaving.forEach(this::letGo);
        boolean done = false;
        try {
            Kernel kernel = kernel(slot, device, program);
            metrics.count(hit ? Counter.PROGRAM_HITS : Counter.PROGRAM_MISSES);
            done = true;
            return new Lease(slot, kernel, hit);
        } finally {
            if (!done) {
                letGo(slot);
            }
        }
    }

    /** Compiles outside of the cache's lock: others wait only for the program they share. */
    private static Kernel kernel(Slot slot, Device device, Program program) {
        synchronized (slot) {
            Kernel kernel = slot.kernel;
            if (kernel == null) {
                kernel = device.compile(program);
                slot.kernel = kernel;
            }
            return kernel;
        }
    }

    private void letGo(Slot slot) {
        boolean last;
        synchronized (this) {
            slot.users--;
            last = slot.users == 0;
        }
        if (last) {
            synchronized (slot) {
                if (slot.kernel != null) {
                    slot.kernel.close();
                }
            }
        }
    }

    public synchronized int size() {
        return slots.size();
    }

    /** Lets all kernels go; those in use are closed by their users. */
    @Override
    public void close() {
        List<Slot> all;
        synchronized (this) {
            all = List.copyOf(slots.values());
            slots.clear();
        }
        all.forEach(this::letGo);
    }
}
