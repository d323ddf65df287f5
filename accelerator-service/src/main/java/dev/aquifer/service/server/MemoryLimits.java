package dev.aquifer.service.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.lang.management.ManagementFactory;

/** Holds what a node is told to use against what the JVM lets it have. */
final class MemoryLimits {
    private MemoryLimits() {}

    /**
     * Bytes of blocks off the heap: the cache, and room for blocks in use that it has no room for.
     *
     * @throws AquiferException USAGE if the JVM does not give that much
     */
    static long blocks(NodeConfig.Capacity capacity) {
        long most = maxDirectBytes();
        if (capacity.memoryBytes() > most / 10 * 9) {
            throw new AquiferException(
                    ErrorCode.USAGE,
                    "a cache of " + capacity.memoryBytes() + " bytes in memory does not fit the " + most
                            + " bytes that this JVM may use off the heap; make it smaller, or -XX:MaxDirectMemorySize"
                            + " larger");
        }
        long inUse = Math.max(64L << 20, capacity.memoryBytes() / 2);
        return Math.min(capacity.memoryBytes() + inUse, most / 20 * 19);
    }

    /** Bytes of chunks on the heap while they are read and decoded. */
    static long hydration() {
        return Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * What whoever started the JVM set as the bound of memory off the heap. The JVM counts buffers against it and not the segments of
     * arenas, which blocks are: beside them, buffers may take as much again.
     */
    private static long maxDirectBytes() {
        HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        long set = Long.parseLong(vm.getVMOption("MaxDirectMemorySize").getValue());
        // 0 stands for the size of the heap.
        return set == 0 ? Runtime.getRuntime().maxMemory() : set;
    }
}
