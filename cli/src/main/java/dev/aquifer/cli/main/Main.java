package dev.aquifer.cli.main;

import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.config.ErrorReport;
import dev.aquifer.cli.demo.DemoCommand;
import dev.aquifer.cli.doctor.DoctorCommand;
import dev.aquifer.cli.engine.EngineCommand;
import dev.aquifer.cli.node.NodeCommand;
import dev.aquifer.cli.output.Streams;
import dev.aquifer.cli.sql.SqlCommand;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The aquifer command. */
public final class Main {
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
        CommandLine commandLine = new CommandLine(new RootCommand())
                .addSubcommand(new DemoCommand(environment))
                .addSubcommand(new SqlCommand(environment))
                .addSubcommand(new NodeCommand(environment))
                .addSubcommand(new EngineCommand(environment))
                .addSubcommand(new DoctorCommand(environment));
        PrintWriter err = new PrintWriter(environment.streams().err(), true, StandardCharsets.UTF_8);
        commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(environment.streams().out(), true, StandardCharsets.UTF_8))
                .setErr(err)
                .setParameterExceptionHandler((e, args) -> wrongUsage(e, environment))
                .setExecutionExceptionHandler((e, command, parsed) ->
                        ErrorReport.print(environment.streams().err(), e, debug(parsed)));
        try {
            return commandLine.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError e) {
            return ErrorReport.print(
                    environment.streams().err(), e, Arrays.asList(arguments).contains("--debug"));
        }
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
        String message = e.getMessage() == null ? "wrong usage" : e.getMessage().strip();
        int code = ErrorReport.print(
                environment.streams().err(), new AquiferException(ErrorCode.USAGE, message, e), false);
        UnmatchedArgumentException.printSuggestions(e, command.getErr());
        environment.streams().err().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return code;
    }
}
