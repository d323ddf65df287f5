package dev.aquifer.cli.engine;

import dev.aquifer.cli.config.CacheOption;
import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.config.ErrorReport;
import dev.aquifer.cli.config.LakeOptions;
import dev.aquifer.cli.config.ListenOptions;
import dev.aquifer.cli.config.Serving;
import dev.aquifer.cli.config.StandardOptions;
import dev.aquifer.cli.local.LocalStack;
import dev.aquifer.cli.local.PushOptions;
import dev.aquifer.cli.local.TableOptions;
import dev.aquifer.cli.output.ByteSize;
import dev.aquifer.engine.server.FlightSqlConfig;
import dev.aquifer.engine.server.FlightSqlServer;
import dev.aquifer.engine.session.EngineConfig;
import dev.aquifer.protocol.auth.BearerToken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The warehouse engine for SQL clients, until it is told to end. */
@Command(
        name = "engine",
        description = "Serves SQL over Arrow Flight SQL, to JDBC and ADBC clients.",
        sortOptions = false,
        footer = {
            "",
            "Prints one line when it is ready, and ends on Ctrl-C or SIGTERM. Clients: the stock Flight SQL JDBC driver, at",
            "jdbc:arrow-flight-sql://HOST:PORT/?useEncryption=false, in a JVM with",
            "--add-opens=java.base/java.nio=ALL-UNNAMED.",
            "",
            "Examples:",
            "  aquifer engine --tpch 0.1",
            "  aquifer engine --node node1:7410 --node node2:7410 --table events=s3://bucket/events/",
            "  aquifer engine --bind 0.0.0.0 --tokens tokens.txt --table t=s3://bucket/t/ --s3-region eu-central-1"
        })
public final class EngineCommand implements Callable<Integer> {
    private static final int PORT = 7411;

    private final Environment environment;

    @Mixin
    private final ListenOptions listen = new ListenOptions(PORT);

    @Option(
            names = "--node",
            paramLabel = "HOST:PORT",
            description = "A node to push to; may be given more than once. Default: a node within this process.")
    private List<String> nodes = new ArrayList<>();

    @Mixin
    private final TableOptions tables = new TableOptions();

    @Mixin
    private final PushOptions push = new PushOptions();

    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description =
                    "Tokens that clients may come with, one a line; each goes on to the nodes. Default: everybody may.")
    private @Nullable Path tokens;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads for what the engine runs itself. Default: the cores.")
    private @Nullable Integer threads;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Memory of one query's joins, sorts and aggregations. Default: half of the heap.")
    private @Nullable String memory;

    @Mixin
    private final LakeOptions lake = new LakeOptions();

    @Mixin
    private final CacheOption cache = new CacheOption();

    /** Read by picocli only. */
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final StandardOptions standard = new StandardOptions();

    public EngineCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        FlightSqlConfig server = server();
        EngineConfig config = config(tables.locations(environment, cache.folder(environment)));
        LocalStack stack = LocalStack.open(config, nodes, push.pushes(), cache.folder(environment));
        boolean serving = false;
        try {
            FlightSqlServer front = FlightSqlServer.start(stack.engine(), server);
            serving = true;
            warn();
            Serving.untilTold(environment, "aquifer engine ready on " + listen.address(front.port()), "engine", () -> {
                front.close();
                stack.close();
            });
            return ErrorReport.DONE;
        } finally {
            if (!serving) {
                stack.close();
            }
        }
    }

    private EngineConfig config(Map<String, String> locations) {
        EngineConfig config = EngineConfig.of(locations).withLake(lake.config());
        if (threads != null) {
            config = config.withThreads(threads);
        }
        return memory == null ? config : config.withMemoryBytes(ByteSize.parse(memory));
    }

    private FlightSqlConfig server() {
        FlightSqlConfig local = FlightSqlConfig.local(listen.port());
        Path file = tokens;
        Set<BearerToken> known = file == null ? Set.of() : TokenFile.read(file);
        return new FlightSqlConfig(listen.bind(), listen.port(), push.session(environment), known, local.memoryBytes());
    }

    private void warn() {
        if (tokens == null && !listen.isLoopback()) {
            environment
                    .streams()
                    .err()
                    .println("warning: no --tokens: whoever can reach " + listen.bind() + " may read the tables");
        }
    }
}
