package dev.aquifer.cli.node;

import dev.aquifer.cli.config.CacheOption;
import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.config.ErrorReport;
import dev.aquifer.cli.config.Folders;
import dev.aquifer.cli.config.LakeOptions;
import dev.aquifer.cli.config.ListenOptions;
import dev.aquifer.cli.config.Serving;
import dev.aquifer.cli.config.StandardOptions;
import dev.aquifer.cli.local.NodeFolder;
import dev.aquifer.cli.output.ByteSize;
import dev.aquifer.service.server.NodeConfig;
import dev.aquifer.service.server.NodeServer;
import dev.aquifer.service.tenant.Locations;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An accelerator node, until it is told to end. */
@Command(
        name = "node",
        description =
                "Runs an accelerator node: it keeps hot columns on SSD and runs scans, filters and aggregations there.",
        sortOptions = false,
        footer = {
            "",
            "Prints one line when it is ready, and ends on Ctrl-C or SIGTERM after the running fragments, or after --drain.",
            "",
            "Examples:",
            "  aquifer node",
            "  aquifer node --port 7420 --data-dir /mnt/nvme/aquifer --ssd 200g --memory 16g",
            "  aquifer node --bind 0.0.0.0 --tenants tenants.txt --allow s3://lake/events --allow /mnt/lake"
        })
public final class NodeCommand implements Callable<Integer> {
    private static final int PORT = 7410;

    private final Environment environment;

    @Mixin
    private final ListenOptions listen = new ListenOptions(PORT);

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "The folder on SSD for hot blocks, of this node alone. Default: the first free one below --cache-dir.")
    private @Nullable Path dataDir;

    @Option(names = "--no-ssd", description = "Keep nothing on disk.")
    private boolean noSsd;

    @Option(
            names = "--ssd",
            paramLabel = "SIZE",
            description = "Bytes of hot blocks on SSD. Default: 10g, or half of what is free.")
    private @Nullable String ssd;

    @Option(names = "--memory", paramLabel = "SIZE", description = "Bytes of hot blocks in memory, off the heap.")
    private @Nullable String memory;

    @Option(
            names = "--work-memory",
            paramLabel = "SIZE",
            description = "Bytes that running fragments may hold; past it, requests are refused for a while.")
    private @Nullable String workMemory;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that run stripes. Default: the cores.")
    private @Nullable Integer threads;

    @Option(names = "--io-threads", paramLabel = "N", description = "Threads that read and decode Parquet.")
    private @Nullable Integer ioThreads;

    @Option(names = "--max-fragments", paramLabel = "N", description = "Fragments that may run at once.")
    private @Nullable Integer maxFragments;

    @Option(
            names = "--tenants",
            paramLabel = "FILE",
            description =
                    "Tokens and tenants, a line each: TOKEN TENANT [weight=N] [fragments=N] [memory=SIZE] [cache=N%%]"
                            + " [allow=LOCATION]... Default: one tenant, and no token needed.")
    private @Nullable Path tenants;

    @Option(
            names = "--allow",
            paramLabel = "LOCATION",
            description =
                    "A folder or s3://BUCKET/PREFIX that callers may read, and nothing else; may be given more than"
                            + " once; s3:// is every bucket. Default: every bucket that the node can read, and local files"
                            + " where only this machine can reach the node.")
    private List<String> allowed = new ArrayList<>();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "The device for requests that name none: auto, cpu, reference, ... Default: auto.")
    private String device = "auto";

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Serve metrics for Prometheus on this port of 127.0.0.1; 0 for any. Default: none.")
    private @Nullable Integer metricsPort;

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            description = "How long running fragments may go on when the node is told to end. Default: 10.")
    private int drain = 10;

    @Mixin
    private final LakeOptions lake = new LakeOptions();

    @Mixin
    private final CacheOption cache = new CacheOption();

    /** Read by picocli only. */
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final StandardOptions standard = new StandardOptions();

    public NodeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (noSsd && (dataDir != null || ssd != null)) {
            throw new AquiferException(ErrorCode.USAGE, "--no-ssd goes neither with --data-dir nor with --ssd");
        }
        NodeConfig config = config();
        Path own = dataDir;
        if (noSsd) {
            return serve(config);
        }
        if (own != null) {
            return serve(config.withSsd(own, ssdBytes(Folders.make(own.toAbsolutePath(), "--data-dir"))));
        }
        try (NodeFolder folder = NodeFolder.claim(cache.folder(environment), "node")) {
            return serve(config.withSsd(folder.path(), ssdBytes(folder.path())));
        }
    }

    private long ssdBytes(Path folder) {
        return ssd != null ? ByteSize.parse(ssd) : NodeFolder.suitableBytes(folder);
    }

    private NodeConfig config() {
        NodeConfig config = NodeConfig.defaults()
                .withAddress(listen.bind(), listen.port())
                .withLake(lake.config())
                .withDevice(device)
                .withDrain(Duration.ofSeconds(drain));
        config = config.withMemory(
                memory == null ? config.capacity().memoryBytes() : ByteSize.parse(memory),
                workMemory == null ? config.capacity().workMemoryBytes() : ByteSize.parse(workMemory));
        config = config.withThreads(
                threads == null ? config.capacity().threads() : threads,
                ioThreads == null ? config.capacity().ioThreads() : ioThreads);
        if (maxFragments != null) {
            config = config.withMaxFragments(maxFragments);
        }
        if (tenants != null) {
            config = config.withTenantsFile(tenants);
        }
        if (!allowed.isEmpty()) {
            config = config.withLocations(Locations.of(allowed));
        }
        return metricsPort == null ? config : config.withMetricsPort(metricsPort);
    }

    private int serve(NodeConfig config) {
        NodeServer server = NodeServer.start(config);
        warn();
        Serving.untilTold(environment, "aquifer node ready on " + listen.address(server.port()), "node", server::close);
        return ErrorReport.DONE;
    }

    private void warn() {
        PrintStream err = environment.streams().err();
        if (tenants == null) {
            err.println(
                    listen.isLoopback()
                            ? "note: no --tenants: whoever can log in to this machine may ask this node"
                            : "warning: no --tenants: whoever can reach " + listen.bind() + " may ask this node");
        }
        if (allowed.isEmpty() && !listen.isLoopback()) {
            err.println("warning: no --allow: callers may read every S3 object that this node can, and no local file");
        }
    }
}
