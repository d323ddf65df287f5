package dev.aquifer.service.server;

import dev.aquifer.lake.object.Lake;
import dev.aquifer.lake.parquet.FooterCache;
import dev.aquifer.protocol.status.Listening;
import dev.aquifer.protocol.substrait.PlanLimits;
import dev.aquifer.service.admission.Admission;
import dev.aquifer.service.admission.Budget;
import dev.aquifer.service.admission.FairPool;
import dev.aquifer.service.cache.BlockMemory;
import dev.aquifer.service.cache.MemoryTier;
import dev.aquifer.service.cache.SsdTier;
import dev.aquifer.service.compile.ProgramCache;
import dev.aquifer.service.hydrate.SliceLoader;
import dev.aquifer.service.metrics.MetricsPage;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.place.DeviceRegistry;
import dev.aquifer.service.tenant.ReadAccess;
import dev.aquifer.service.tenant.TenantDirectory;
import dev.aquifer.spi.error.AquiferException;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running accelerator node. */
public final class NodeServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeServer.class);
    private static final int PROGRAMS_KEPT = 1_000;
    private static final long FOOTER_BYTES = 64L << 20;
    /** What part of the memory for blocks those may take that wait to be written to SSD: they cannot be evicted. */
    private static final int WAITING_PART = 4;
    /** A plan somewhat beyond the limit is read, so that its refusal has a code; beyond this gRPC refuses it. */
    private static final int MAX_MESSAGE_BYTES = 2 * PlanLimits.DEFAULT.maxBytes();

    private static final Duration SETTLE = Duration.ofSeconds(30);

    private final NodeConfig config;
    private final NodeParts parts;
    private final Server server;
    private final @Nullable MetricsPage page;
    /** What was opened, the last first. */
    private final Deque<AutoCloseable> opened;

    private boolean closed;

    private NodeServer(
            NodeConfig config,
            NodeParts parts,
            Server server,
            @Nullable MetricsPage page,
            Deque<AutoCloseable> opened) {
        this.config = config;
        this.parts = parts;
        this.server = server;
        this.page = page;
        this.opened = opened;
    }

    /**
     * Starts a node; when this returns it takes calls.
     *
     * @throws AquiferException USAGE or DEVICE_NOT_FOUND, saying what of the configuration cannot be had
     */
    public static NodeServer start(NodeConfig config) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        boolean started = false;
        try {
            NodeServer node = start(config, opened);
            started = true;
            return node;
        } finally {
            if (!started) {
                closeAll(opened);
            }
        }
    }

    private static NodeServer start(NodeConfig config, Deque<AutoCloseable> opened) {
        NodeConfig.Capacity capacity = config.capacity();
        long blockLimit = MemoryLimits.blocks(config.capacity());
        NodeMetrics metrics = open(opened, new NodeMetrics());
        Path tenantsFile = config.callers().tenantsFile();
        TenantDirectory tenants = tenantsFile == null ? TenantDirectory.open() : TenantDirectory.of(tenantsFile);
        ReadAccess access =
                ReadAccess.of(config.callers().locations(), config.endpoint().isReachedByOthers(), metrics);
        DeviceRegistry devices = open(opened, DeviceRegistry.open(config.device()));
        ProgramCache programs = open(opened, new ProgramCache(PROGRAMS_KEPT, metrics));
        Lake lake = open(opened, new Lake(config.lake()));
        BlockMemory blocks = open(opened, new BlockMemory(blockLimit));
        metrics.gauge("blocks.live.bytes", "bytes of blocks in memory, kept or in use", blocks::liveBytes);
        metrics.gauge("blocks.pins", "uses of blocks that have not ended", blocks::pins);
        MemoryTier memory = open(opened, new MemoryTier(capacity.memoryBytes(), metrics));
        NodeConfig.Ssd disk = config.ssd();
        long waiting = capacity.memoryBytes() / WAITING_PART;
        SsdTier ssd = disk == null ? null : open(opened, SsdTier.open(disk.folder(), disk.bytes(), waiting, metrics));
        FairPool readers = open(opened, new FairPool("aquifer-read", capacity.ioThreads(), metrics));
        FairPool workers = open(opened, new FairPool("aquifer-work", capacity.threads(), metrics));
        SliceLoader loader = new SliceLoader(
                lake,
                new FooterCache(lake, FOOTER_BYTES),
                memory,
                ssd,
                blocks,
                readers,
                MemoryLimits.hydration(),
                metrics);
        Admission admission =
                new Admission(Budget.node(capacity.workMemoryBytes(), metrics), capacity.maxFragments(), metrics);
        ExecutorService calls = open(opened, Executors.newVirtualThreadPerTaskExecutor());
        NodeParts parts = new NodeParts(
                metrics,
                admission,
                devices,
                programs,
                blocks,
                memory,
                ssd,
                loader,
                workers,
                readers,
                new PlanIntake(devices, loader, access),
                calls,
                config.endpoint().inProcessName() == null ? calls : Runnable::run);
        MetricsPage page =
                config.metricsPort() < 0 ? null : open(opened, MetricsPage.start(metrics, config.metricsPort()));
        Server server = builder(config.endpoint(), calls)
                .addService(new AcceleratorService(parts))
                .intercept(new Authentication(tenants, metrics))
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .build();
        try {
            server.start();
        } catch (IOException e) {
            throw Listening.failed(config.endpoint().host(), config.endpoint().port(), e);
        }
        NodeServer node = new NodeServer(config, parts, server, page, opened);
        LOG.info(
                "node listens on {}, devices {}{}",
                node.address(),
                devices.devices().stream().map(info -> info.name()).toList(),
                tenants.needsToken() ? "" : "; no tenants file: everybody may use it, as tenant 'default'");
        return node;
    }

    private static ServerBuilder<?> builder(NodeConfig.Endpoint endpoint, ExecutorService calls) {
        String name = endpoint.inProcessName();
        if (name != null) {
            // On the caller's thread: what takes longer goes to another one by itself.
            return InProcessServerBuilder.forName(name).directExecutor();
        }
        // Clients that check for a dead peer may do so often; those that left without a word are noticed.
        return NettyServerBuilder.forAddress(endpoint.address())
                .executor(calls)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(20, TimeUnit.SECONDS);
    }

    private static <T extends AutoCloseable> T open(Deque<AutoCloseable> opened, T part) {
        opened.push(part);
        return part;
    }

    /** The port it listens on, or -1 in-process. */
    public int port() {
        return config.endpoint().inProcessName() == null ? server.getPort() : -1;
    }

    /** How to reach it: {@code host:port}, or its in-process name. */
    public String address() {
        String name = config.endpoint().inProcessName();
        return name == null ? Listening.address(config.endpoint().host(), server.getPort()) : name;
    }

    /** The metrics page's port, or -1 where there is none. */
    public int metricsPort() {
        return page == null ? -1 : page.port();
    }

    public NodeMetrics metrics() {
        return parts.metrics();
    }

    /** What the node is made of, for tests in this package. */
    NodeParts parts() {
        return parts;
    }

    /** Waits until the node is closed. */
    public void awaitTermination() throws InterruptedException {
        server.awaitTermination();
    }

    /** Takes no new work, lets what runs end within the time to drain, cancels the rest, and gives everything back. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        parts.admission().drain();
        server.shutdown();
        boolean interrupted = false;
        try {
            if (!server.awaitTermination(config.drain().toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
            }
            // Calls that were cancelled are over for gRPC before their fragments are.
            if (!parts.admission().awaitIdle(SETTLE)) {
                LOG.warn("fragments did not end within {} of being cancelled", SETTLE);
            }
        } catch (InterruptedException e) {
            interrupted = true;
            server.shutdownNow();
        }
        closeAll(opened);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeAll(Deque<AutoCloseable> opened) {
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                // The others still have to be closed.
                LOG.warn("closing {}: {}", part.getClass().getSimpleName(), e.toString(), e);
            }
        }
    }
}
