package dev.aquifer.cli.sql;

import dev.aquifer.cli.output.OutputFormat;
import dev.aquifer.engine.session.Pushdown;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the shell does apart from SQL. */
sealed interface ShellCommand {
    String HELP = """
            \\d               list the tables
            \\d TABLE         show the columns of a table
            \\timing          show times or not
            \\stats           show what queries cost or not
            \\format FORMAT   write results as table, csv or json
            \\pushdown WHERE  let fragments run on nodes: auto, on or off
            \\device DEVICE   let fragments run on a device: auto, cpu, reference, ...
            \\i FILE          run the statements of a file
            \\? or help       this help
            \\q or quit       leave (or Ctrl-D)

            A statement ends with a semicolon and may take several lines; EXPLAIN before it shows where it would run.
            Ctrl-C stops a query, Tab completes names.""";

    record Help() implements ShellCommand {}

    record Quit() implements ShellCommand {}

    record ListTables() implements ShellCommand {}

    /** @param table as it was written */
    record Describe(String table) implements ShellCommand {}

    record Timing() implements ShellCommand {}

    record Stats() implements ShellCommand {}

    record Format(OutputFormat format) implements ShellCommand {}

    record PushdownTo(Pushdown pushdown) implements ShellCommand {}

    record DeviceTo(String device) implements ShellCommand {}

    record Include(String file) implements ShellCommand {}

    /** Whether a line is a command, known or not, and no SQL. */
    static boolean isCommand(String line) {
        String stripped = line.strip();
        return stripped.startsWith("\\") || bare(stripped).matches("(?i)quit|exit|help");
    }

    private static String bare(String line) {
        return line.endsWith(";") ? line.substring(0, line.length() - 1).strip() : line;
    }

    /** @throws AquiferException USAGE where the line is no command that is known */
    static ShellCommand parse(String line) {
        String[] words = bare(line.strip()).split("\\s+", 2);
        String argument = words.length < 2 ? "" : words[1].strip();
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "\\?", "\\h", "\\help", "help" -> new Help();
            case "\\q", "\\quit", "quit", "exit" -> new Quit();
            case "\\d", "\\dt", "\\d+" -> argument.isEmpty() ? new ListTables() : new Describe(argument);
            case "\\timing" -> new Timing();
            case "\\stats" -> new Stats();
            case "\\format" -> new Format(choice(OutputFormat.class, argument));
            case "\\pushdown" -> new PushdownTo(choice(Pushdown.class, argument));
            case "\\device" -> new DeviceTo(required(argument, "a device"));
            case "\\i" -> new Include(required(argument, "a file"));
            default ->
                throw new AquiferException(ErrorCode.USAGE, "there is no command " + words[0] + "; \\? lists them");
        };
    }

    private static String required(String argument, String what) {
        if (argument.isEmpty()) {
            throw new AquiferException(ErrorCode.USAGE, "the command needs " + what);
        }
        return argument;
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String argument) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(argument)) {
                return constant;
            }
        }
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        throw new AquiferException(ErrorCode.USAGE, "\"" + argument + "\" is none of " + String.join(", ", names));
    }
}
