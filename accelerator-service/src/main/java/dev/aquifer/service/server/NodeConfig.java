package dev.aquifer.service.server;

import dev.aquifer.lake.object.LakeConfig;
import dev.aquifer.protocol.status.Listening;
import dev.aquifer.service.place.DeviceRegistry;
import dev.aquifer.service.tenant.Locations;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a node is told when it starts.
 *
 * @param ssd where blocks are kept on SSD; null for no SSD tier
 * @param lake how to reach the objects
 * @param device the device for requests that name none, or {@code auto}
 * @param metricsPort where the metrics page is on the loopback address; 0 for any free port, -1 for none
 * @param drain how long running fragments may go on when the node is told to end
 */
public record NodeConfig(
        Endpoint endpoint,
        @Nullable Ssd ssd,
        Capacity capacity,
        LakeConfig lake,
        Callers callers,
        String device,
        int metricsPort,
        Duration drain) {

    /**
     * Where a node is reached.
     *
     * @param host the address to listen on
     * @param port the port to listen on, 0 for any free one
     * @param inProcessName listen under this name within the JVM, and on no port; or null
     */
    public record Endpoint(String host, int port, @Nullable String inProcessName) {
        public Endpoint {
            require(port >= 0 && port <= 65_535, "port " + port + " is not between 0 and 65535");
        }

        InetSocketAddress address() {
            return new InetSocketAddress(host, port);
        }

        /** Whether callers may be elsewhere than on this machine. A host that is unknown counts. */
        boolean isReachedByOthers() {
            return inProcessName == null && !Listening.isLoopback(host);
        }
    }

    /**
     * The SSD tier.
     *
     * @param folder of this node alone
     * @param bytes that files in it may take
     */
    public record Ssd(Path folder, long bytes) {
        private static final long MIN_BYTES = 16L << 20;

        public Ssd {
            require(bytes >= MIN_BYTES, "the cache on SSD needs " + MIN_BYTES + " bytes at least, not " + bytes);
        }
    }

    /**
     * What a node may use of its machine.
     *
     * @param memoryBytes bytes of blocks kept in memory, off the heap
     * @param workMemoryBytes bytes that running fragments may hold: groups, first rows, results on their way
     * @param threads workers, which run stripes
     * @param ioThreads threads that read and decode
     * @param maxFragments fragments that may run at once
     */
    public record Capacity(long memoryBytes, long workMemoryBytes, int threads, int ioThreads, int maxFragments) {
        public Capacity {
            require(memoryBytes >= 1 << 20, "the cache in memory needs 1 MiB at least, not " + memoryBytes + " bytes");
            require(
                    workMemoryBytes >= 1 << 20,
                    "the work memory needs 1 MiB at least, not " + workMemoryBytes + " bytes");
            require(
                    threads > 0 && ioThreads > 0,
                    "a node needs threads: " + threads + " and " + ioThreads + " for reading");
            require(maxFragments > 0, "a node that runs " + maxFragments + " fragments is of no use");
        }

        private static Capacity ofThisJvm() {
            int cores = Runtime.getRuntime().availableProcessors();
            long heap = Runtime.getRuntime().maxMemory();
            return new Capacity(
                    Math.max(1 << 20, heap / 2), Math.max(1 << 20, heap / 4), cores, Math.max(8, 2 * cores), 1_000);
        }
    }

    /**
     * Who may ask, and for what.
     *
     * @param tenantsFile tokens and tenants; null for one tenant without a token
     * @param locations what any caller may read; {@link Locations#EVERYWHERE} where the owner names nothing, which leaves
     *     out the node's own disk on a node that listens beyond its machine
     */
    public record Callers(@Nullable Path tenantsFile, Locations locations) {}

    public NodeConfig {
        require(metricsPort >= -1 && metricsPort <= 65_535, "metrics port " + metricsPort + " is not -1 to 65535");
        require(!drain.isNegative(), "the time to drain is negative: " + drain);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new AquiferException(ErrorCode.USAGE, message);
        }
    }

    /** Sizes that suit this JVM, no SSD tier, AWS with its default settings, any free port of the loopback address. */
    public static NodeConfig defaults() {
        return new NodeConfig(
                new Endpoint("127.0.0.1", 0, null),
                null,
                Capacity.ofThisJvm(),
                LakeConfig.defaults(),
                new Callers(null, Locations.EVERYWHERE),
                DeviceRegistry.AUTO,
                -1,
                Duration.ofSeconds(10));
    }

    public NodeConfig withAddress(String host, int port) {
        return at(new Endpoint(host, port, null));
    }

    /** Listens within the JVM only. */
    public NodeConfig inProcess(String name) {
        return at(new Endpoint(endpoint.host, endpoint.port, name));
    }

    private NodeConfig at(Endpoint other) {
        return new NodeConfig(other, ssd, capacity, lake, callers, device, metricsPort, drain);
    }

    public NodeConfig withSsd(Path folder, long bytes) {
        return new NodeConfig(endpoint, new Ssd(folder, bytes), capacity, lake, callers, device, metricsPort, drain);
    }

    public NodeConfig withMemory(long cacheBytes, long workBytes) {
        return with(new Capacity(cacheBytes, workBytes, capacity.threads, capacity.ioThreads, capacity.maxFragments));
    }

    public NodeConfig withThreads(int workers, int readers) {
        return with(
                new Capacity(capacity.memoryBytes, capacity.workMemoryBytes, workers, readers, capacity.maxFragments));
    }

    public NodeConfig withMaxFragments(int most) {
        return with(new Capacity(
                capacity.memoryBytes, capacity.workMemoryBytes, capacity.threads, capacity.ioThreads, most));
    }

    private NodeConfig with(Capacity other) {
        return new NodeConfig(endpoint, ssd, other, lake, callers, device, metricsPort, drain);
    }

    public NodeConfig withLake(LakeConfig other) {
        return new NodeConfig(endpoint, ssd, capacity, other, callers, device, metricsPort, drain);
    }

    public NodeConfig withTenantsFile(Path file) {
        return with(new Callers(file, callers.locations));
    }

    /** Callers may read at these locations and nowhere else. */
    public NodeConfig withLocations(Locations locations) {
        return with(new Callers(callers.tenantsFile, locations));
    }

    private NodeConfig with(Callers other) {
        return new NodeConfig(endpoint, ssd, capacity, lake, other, device, metricsPort, drain);
    }

    public NodeConfig withDevice(String name) {
        return new NodeConfig(endpoint, ssd, capacity, lake, callers, name, metricsPort, drain);
    }

    public NodeConfig withMetricsPort(int port) {
        return new NodeConfig(endpoint, ssd, capacity, lake, callers, device, port, drain);
    }

    public NodeConfig withDrain(Duration time) {
        return new NodeConfig(endpoint, ssd, capacity, lake, callers, device, metricsPort, time);
    }
}
