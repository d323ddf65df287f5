package dev.aquifer.cli.sql;

import dev.aquifer.cli.config.CacheOption;
import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.config.ErrorReport;
import dev.aquifer.cli.config.Folders;
import dev.aquifer.cli.config.LakeOptions;
import dev.aquifer.cli.config.StandardOptions;
import dev.aquifer.cli.local.LocalStack;
import dev.aquifer.cli.local.PushOptions;
import dev.aquifer.cli.local.TableOptions;
import dev.aquifer.cli.output.Escapes;
import dev.aquifer.cli.output.OutputFormat;
import dev.aquifer.engine.session.EngineConfig;
import dev.aquifer.engine.session.QueryStats;
import dev.aquifer.engine.session.Session;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs statements, or a shell where none are given. */
@Command(
        name = "sql",
        description = "Runs SQL over Parquet files, and shows the results on standard output.",
        sortOptions = false,
        footer = {
            "",
            "Without -e and -f, statements come from a shell, or from standard input if that is no terminal.",
            "",
            "Examples:",
            "  aquifer sql --tpch 0.1",
            "  aquifer sql --tpch 0.01 --format csv -e \"select count(*) as n from lineitem\"",
            "  aquifer sql --table flights=flights.parquet -e \"select * from flights limit 5\"",
            "  aquifer sql --table events='s3://bucket/events/' --s3-region eu-central-1",
            "  aquifer sql --connect node1:7410 --connect node2:7410 --table t=s3://bucket/t/ -f report.sql --format json"
        })
public final class SqlCommand implements Callable<Integer> {
    private static final int BUFFER = 1 << 16;

    private final Environment environment;

    @Option(names = "-e", paramLabel = "SQL", description = "Statements to run, with semicolons between them.")
    private List<String> texts = new ArrayList<>();

    @Option(names = "-f", paramLabel = "FILE", description = "A file of statements to run; - is standard input.")
    private @Nullable String file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How results are written: table, csv or json. Default: table.")
    private OutputFormat format = OutputFormat.TABLE;

    @Mixin
    private final TableOptions tables = new TableOptions();

    @Option(
            names = "--connect",
            paramLabel = "HOST:PORT",
            description = "A node to push to; may be given more than once. Default: a node within this process.")
    private List<String> nodes = new ArrayList<>();

    @Mixin
    private final PushOptions push = new PushOptions();

    @Option(names = "--stats", description = "Show what each query cost, on standard error.")
    private boolean stats;

    @Mixin
    private final LakeOptions lake = new LakeOptions();

    @Mixin
    private final CacheOption cache = new CacheOption();

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    public SqlCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (!texts.isEmpty() && file != null) {
            throw new AquiferException(ErrorCode.USAGE, "give statements by -e or by -f, not by both");
        }
        // Read before anything is started: what is wrong with it shows at once.
        List<String> scripts = scripts();
        Map<String, String> locations = tables.locations(environment, cache.folder(environment));
        try (LocalStack stack = open(locations)) {
            if (scripts == null) {
                shell(stack);
                return ErrorReport.DONE;
            }
            return run(stack, scripts);
        }
    }

    private @Nullable List<String> scripts() {
        String name = file;
        if (!texts.isEmpty()) {
            return texts;
        }
        if (name != null && !name.equals("-")) {
            return List.of(ScriptFile.read(name));
        }
        if (name == null && environment.terminal().getAsBoolean()) {
            return null;
        }
        return List.of(ScriptFile.read(environment.streams().in()));
    }

    private LocalStack open(Map<String, String> locations) {
        EngineConfig config = EngineConfig.of(locations).withLake(lake.config());
        return LocalStack.open(config, nodes, push.pushes(), cache.folder(environment));
    }

    private int run(LocalStack stack, List<String> scripts) throws IOException {
        PrintStream err = environment.streams().err();
        Writer out =
                new BufferedWriter(new OutputStreamWriter(environment.streams().out(), StandardCharsets.UTF_8), BUFFER);
        StatementRunner runner = new StatementRunner(out);
        try (Session session = stack.engine().newSession(push.session(environment))) {
            for (String script : scripts) {
                for (String statement : Script.statements(script)) {
                    QueryStats cost = runner.run(session, statement, format);
                    if (stats) {
                        err.print(StatsText.of(cost));
                    }
                }
            }
            return ErrorReport.DONE;
        }
    }

    /** Where the shell keeps what was typed, or null where it cannot: that is no reason to have no shell. */
    private @Nullable Path history() {
        try {
            return Folders.make(Folders.state(environment), "XDG_STATE_HOME").resolve("history");
        } catch (AquiferException e) {
            environment
                    .streams()
                    .err()
                    .println("note: no history is kept: " + Escapes.visible(String.valueOf(e.getMessage())));
            return null;
        }
    }

    private void shell(LocalStack stack) throws IOException {
        Path history = history();
        try (Terminal terminal = TerminalBuilder.builder()
                .name("aquifer")
                .encoding(StandardCharsets.UTF_8)
                .build()) {
            new Shell(stack.engine(), push.session(environment), terminal, format, stats, standard.debug())
                    .run(history);
        }
    }
}
