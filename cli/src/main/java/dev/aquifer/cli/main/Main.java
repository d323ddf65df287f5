package dev.aquifer.cli.main;

import dev.aquifer.cli.command.CommandProvider;
import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.config.ErrorReport;
import dev.aquifer.cli.demo.DemoCommand;
import dev.aquifer.cli.doctor.DoctorCommand;
import dev.aquifer.cli.engine.EngineCommand;
import dev.aquifer.cli.node.NodeCommand;
import dev.aquifer.cli.output.NotedOutput;
import dev.aquifer.cli.output.Streams;
import dev.aquifer.cli.sql.SqlCommand;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The aquifer command. */
public final class Main {
    /** Wide enough that no example is broken. */
    private static final int HELP_COLUMNS = 110;

    private Main() {}

    public static void main(String[] arguments) {
        Streams streams = new Streams(System.in, new FileOutputStream(FileDescriptor.out), System.err);
        System.exit(run(new Environment(System.getenv(), streams, Main::isTerminal), arguments));
    }

    /**
     * Runs one command to its end.
     *
     * @return the exit code: 0 done, 1 failed, 2 wrong usage
     */
    public static int run(Environment environment, String... arguments) {
        Streams streams = environment.streams();
        NotedOutput out = new NotedOutput(streams.out());
        Environment noted = new Environment(
                environment.variables(), new Streams(streams.in(), out, streams.err()), environment.terminal());
        int code = execute(noted, out, arguments);
        if (code != ErrorReport.DONE || !out.failed()) {
            return code;
        }
        return out.readerIsGone() ? ErrorReport.FAILED : ErrorReport.print(streams.err(), out.error(), false);
    }

    private static int execute(Environment environment, NotedOutput out, String... arguments) {
        PrintStream err = environment.streams().err();
        CommandLine commandLine = commands(environment)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_COLUMNS)
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((e, args) -> wrongUsage(e, environment))
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (out.readerIsGone()) {
                        return ErrorReport.FAILED;
                    }
                    return ErrorReport.print(err, out.failed() ? out.error() : e, debug(parsed));
                });
        try {
            return commandLine.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError e) {
            return ErrorReport.print(err, e, Arrays.asList(arguments).contains("--debug"));
        }
    }

    private static CommandLine commands(Environment environment) {
        CommandLine commandLine = new CommandLine(new RootCommand())
                .addSubcommand(new DemoCommand(environment))
                .addSubcommand(new SqlCommand(environment))
                .addSubcommand(new NodeCommand(environment))
                .addSubcommand(new EngineCommand(environment))
                .addSubcommand(new DoctorCommand(environment));
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            commandLine.addSubcommand(provider.command(environment));
        }
        return commandLine;
    }

    /** There may be no console: that depends on the JDK and on jdk.console, whatever Error Prone says. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private static boolean debug(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last.hasMatchedOption("--debug");
    }

    private static int wrongUsage(ParameterException e, Environment environment) {
        CommandLine command = e.getCommandLine();
        int code = ErrorReport.print(
                environment.streams().err(), new AquiferException(ErrorCode.USAGE, message(e), e), false);
        UnmatchedArgumentException.printSuggestions(e, command.getErr());
        environment.streams().err().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return code;
    }

    private static String message(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String first = unmatched.getUnmatched().getFirst();
            return e.getCommandLine().getSubcommands().isEmpty()
                    ? "\"" + first + "\" is neither an option nor the value of one"
                    : "there is no command " + first;
        }
        return e.getMessage() == null ? "wrong usage" : e.getMessage().strip();
    }
}
