package dev.aquifer.cli.sql;

import dev.aquifer.cli.config.ErrorReport;
import dev.aquifer.cli.output.Durations;
import dev.aquifer.cli.output.OutputFormat;
import dev.aquifer.engine.session.Engine;
import dev.aquifer.engine.session.QueryStats;
import dev.aquifer.engine.session.Session;
import dev.aquifer.engine.session.SessionOptions;
import dev.aquifer.spi.error.AquiferException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** The interactive shell: reads statements and commands from a terminal until the user leaves. */
final class Shell {
    private static final String PROMPT = "aquifer> ";
    private static final String GOES_ON = "      -> ";

    private final Engine engine;
    private final Terminal terminal;
    private final PrintStream screen;
    private final StatementRunner runner;
    private final boolean debug;
    private Session session;
    private OutputFormat format;
    private boolean timing = true;
    private boolean stats;

    Shell(Engine engine, SessionOptions options, Terminal terminal, OutputFormat format, boolean stats, boolean debug) {
        this.engine = engine;
        this.terminal = terminal;
        this.format = format;
        this.stats = stats;
        this.debug = debug;
        this.session = engine.newSession(options);
        this.screen = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
        this.runner = new StatementRunner(terminal.writer());
    }

    /** @param history the file that keeps what was typed, or null for none */
    void run(@Nullable Path history) {
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("aquifer")
                .parser(new ShellParser())
                .completer(new NameCompleter(() -> session.catalog()))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, GOES_ON)
                .variable(LineReader.INDENTATION, 0)
                // "!" is a character of SQL.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true);
        if (history != null) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        LineReader reader = builder.build();
        terminal.handle(Terminal.Signal.INT, signal -> runner.cancel());
        screen.println("Statements end with a semicolon; \\? for help, \\q to leave.");
        try {
            while (accept(reader)) {
                screen.flush();
            }
        } finally {
            session.close();
        }
    }

    /** Reads once and does what was typed; false when the user leaves. */
    private boolean accept(LineReader reader) {
        String text;
        try {
            text = reader.readLine(PROMPT);
        } catch (UserInterruptException e) {
            // Ctrl-C while typing: a new line.
            return true;
        } catch (EndOfFileException e) {
            return false;
        }
        try {
            if (ShellCommand.isCommand(text)) {
                return obey(ShellCommand.parse(text));
            }
            runAll(text);
        } catch (AquiferException | IOException e) {
            ErrorReport.print(screen, e, debug);
        } catch (OutOfMemoryError | StackOverflowError e) {
            ErrorReport.print(screen, e, debug);
        }
        return true;
    }

    private void runAll(String text) throws IOException {
        for (String statement : Script.statements(text)) {
            long start = System.nanoTime();
            QueryStats cost = runner.run(session, statement, format);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            terminal.writer().flush();
            String rows = cost.rows() == 1 ? "1 row" : cost.rows() + " rows";
            screen.println(timing ? "(" + rows + ", " + Durations.text(time) + ")" : "(" + rows + ")");
            if (stats) {
                screen.print(StatsText.of(cost));
            }
            screen.println();
        }
    }

    private boolean obey(ShellCommand command) throws IOException {
        switch (command) {
            case ShellCommand.Quit quit -> {
                return false;
            }
            case ShellCommand.Help help -> screen.println(ShellCommand.HELP);
            case ShellCommand.ListTables list -> screen.print(CatalogText.tables(session.catalog()));
            case ShellCommand.Describe describe ->
                screen.print(CatalogText.columns(session.catalog(), describe.table()));
            case ShellCommand.Timing time -> {
                timing = !timing;
                screen.println("timing is " + (timing ? "on" : "off"));
            }
            case ShellCommand.Stats cost -> {
                stats = !stats;
                screen.println("stats are " + (stats ? "on" : "off"));
            }
            case ShellCommand.Format wanted -> format = wanted.format();
            case ShellCommand.PushdownTo to ->
                renew(new SessionOptions(
                        session.options().device(),
                        to.pushdown(),
                        session.options().token()));
            case ShellCommand.DeviceTo to ->
                renew(new SessionOptions(
                        to.device(),
                        session.options().pushdown(),
                        session.options().token()));
            case ShellCommand.Include include -> runAll(ScriptFile.read(include.file()));
        }
        return true;
    }

    private void renew(SessionOptions options) {
        Session next = engine.newSession(options);
        session.close();
        session = next;
    }
}
