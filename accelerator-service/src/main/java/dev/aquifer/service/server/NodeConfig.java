package dev.aquifer.service.server;

import dev.aquifer.lake.object.LakeConfig;
import dev.aquifer.service.place.DeviceRegistry;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a node is told when it starts.
 *
 * @param bindAddress the address to listen on; the loopback address unless said otherwise
 * @param port the port to listen on, 0 for any free one
 * @param inProcessName listen under this name within the JVM, and on no port; or null
 * @param dataDir folder of the SSD tier, of this node alone; null for no SSD tier
 * @param ssdBytes bytes that files in it may take
 * @param memoryBytes bytes of blocks kept in memory, off the heap
 * @param workMemoryBytes bytes that running fragments may hold: groups, first rows, results on their way
 * @param threads workers, which run stripes
 * @param ioThreads threads that read and decode
 * @param maxFragments fragments that may run at once
 * @param lake how to reach the objects
 * @param tenantsFile tokens and tenants; null for one tenant without a token
 * @param device the device for requests that name none, or {@code auto}
 * @param metricsPort where the metrics page is on the loopback address; 0 for any free port, -1 for none
 * @param drain how long running fragments may go on when the node is told to end
 */
public record NodeConfig(
        String bindAddress,
        int port,
        @Nullable String inProcessName,
        @Nullable Path dataDir,
        long ssdBytes,
        long memoryBytes,
        long workMemoryBytes,
        int threads,
        int ioThreads,
        int maxFragments,
        LakeConfig lake,
        @Nullable Path tenantsFile,
        String device,
        int metricsPort,
        Duration drain) {
    private static final long MIN_SSD_BYTES = 16L << 20;

    public NodeConfig {
        require(port >= 0 && port <= 65_535, "port " + port + " is not between 0 and 65535");
        require(metricsPort >= -1 && metricsPort <= 65_535, "metrics port " + metricsPort + " is not -1 to 65535");
        require(
                threads > 0 && ioThreads > 0,
                "a node needs threads: " + threads + " and " + ioThreads + " for reading");
        require(maxFragments > 0, "a node that runs " + maxFragments + " fragments is of no use");
        require(memoryBytes >= 1 << 20, "the cache in memory needs 1 MiB at least, not " + memoryBytes + " bytes");
        require(workMemoryBytes >= 1 << 20, "the work memory needs 1 MiB at least, not " + workMemoryBytes + " bytes");
        require(
                dataDir == null || ssdBytes >= MIN_SSD_BYTES,
                "the cache on SSD needs " + MIN_SSD_BYTES + " bytes at least, not " + ssdBytes);
        require(!drain.isNegative(), "the time to drain is negative: " + drain);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new AquiferException(ErrorCode.USAGE, message);
        }
    }

    /** Sizes that suit this JVM, no SSD tier, AWS with its default settings, any free port of the loopback address. */
    public static NodeConfig defaults() {
        int cores = Runtime.getRuntime().availableProcessors();
        long heap = Runtime.getRuntime().maxMemory();
        return new NodeConfig(
                "127.0.0.1",
                0,
                null,
                null,
                10L << 30,
                Math.max(1 << 20, heap / 2),
                Math.max(1 << 20, heap / 4),
                cores,
                Math.max(8, 2 * cores),
                1_000,
                LakeConfig.defaults(),
                null,
                DeviceRegistry.AUTO,
                -1,
                Duration.ofSeconds(10));
    }

    public NodeConfig withAddress(String newBindAddress, int newPort) {
        return copy().address(newBindAddress, newPort).build();
    }

    /** Listens within the JVM only. */
    public NodeConfig inProcess(String name) {
        return copy().inProcess(name).build();
    }

    public NodeConfig withSsd(Path folder, long bytes) {
        return copy().ssd(folder, bytes).build();
    }

    public NodeConfig withMemory(long cacheBytes, long workBytes) {
        return copy().memory(cacheBytes, workBytes).build();
    }

    public NodeConfig withThreads(int workers, int readers) {
        return copy().threads(workers, readers).build();
    }

    public NodeConfig withMaxFragments(int most) {
        return copy().maxFragments(most).build();
    }

    public NodeConfig withLake(LakeConfig newLake) {
        return copy().lake(newLake).build();
    }

    public NodeConfig withTenantsFile(Path file) {
        return copy().tenants(file).build();
    }

    public NodeConfig withDevice(String name) {
        return copy().device(name).build();
    }

    public NodeConfig withMetricsPort(int newPort) {
        return copy().metricsPort(newPort).build();
    }

    public NodeConfig withDrain(Duration time) {
        return copy().drain(time).build();
    }

    private NodeConfigCopy copy() {
        return new NodeConfigCopy(this);
    }
}
