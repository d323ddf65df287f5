package dev.aquifer.engine.slt;

import dev.aquifer.engine.slt.SltRecord.Condition;
import dev.aquifer.engine.slt.SltRecord.Order;
import dev.aquifer.engine.slt.SltRecord.Source;
import dev.aquifer.spi.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads test files, in a dialect of sqllogictest. Records are parted by empty lines; {@code #} starts a comment line.
 *
 * <pre>
 * table NAME [files N] [group N] [partition COLUMN]      the rows follow, as a query in DuckDB's SQL; NAME is written as Parquet
 * statement ok                                           the statement follows
 * statement error CODE                                   after ---- patterns that the message has
 * query TYPES [nosort|rowsort|valuesort]                 after ---- the rows, values parted by " | "
 * columns                                                after ---- a line "name TYPE" for each column
 * explain                                                after ---- patterns of lines, in order; "! pattern" is in no line
 * skipif LABEL why                                       before a record: not in this mode
 * onlyif LABEL                                           before a record: in this mode
 * </pre>
 *
 * TYPES has a letter for each column: B boolean, I integer, N decimal, R float, T text, D date, S timestamp. A line
 * {@code -- duckdb: SQL} in a statement is what DuckDB runs instead, where its words differ; several are joined. Values are
 * written as {@link AnswerText} says.
 */
final class SltParser {
    /** What the targets call themselves: {@code engine} is all of them but DuckDB, {@code pulled} all that do not push. */
    private static final Set<String> LABELS = Set.of("duckdb", "engine", "reference", "cpu", "pushed", "pulled");

    private static final String DUCK_LINE = "-- duckdb:";

    private final String name;
    private final List<String> lines;
    private final List<SltTable> tables = new ArrayList<>();
    private final List<SltRecord> records = new ArrayList<>();
    private int next;

    private SltParser(String name, List<String> lines) {
        this.name = name;
        this.lines = lines;
    }

    /** @throws IllegalArgumentException with the file and line that is wrong */
    static SltScript parse(String name, List<String> lines) {
        SltParser parser = new SltParser(name, lines);
        parser.all();
        return new SltScript(name, parser.tables, parser.records);
    }

    private void all() {
        List<String> only = new ArrayList<>();
        List<String> skip = new ArrayList<>();
        while (next < lines.size()) {
            String line = lines.get(next);
            if (line.isBlank() || line.startsWith("#")) {
                next++;
                continue;
            }
            List<String> words = List.of(line.strip().split("\\s+"));
            switch (words.getFirst()) {
                case "skipif" -> {
                    require(words.size() > 2, "skipif LABEL and the reason");
                    skip.add(label(words.get(1)));
                    next++;
                }
                case "onlyif" -> {
                    require(words.size() == 2, "onlyif LABEL");
                    only.add(label(words.get(1)));
                    next++;
                }
                case "table" -> table(words);
                case "statement", "query", "columns", "explain" -> {
                    records.add(record(words, new Condition(List.copyOf(only), List.copyOf(skip))));
                    only.clear();
                    skip.clear();
                }
                default -> throw wrong("no such record: " + words.getFirst());
            }
        }
        require(only.isEmpty() && skip.isEmpty(), "a condition without a record");
    }

    private void table(List<String> words) {
        require(words.size() % 2 == 0, "table NAME and pairs of option and value");
        int files = 1;
        int group = 0;
        String partition = "";
        for (int i = 2; i < words.size(); i += 2) {
            String value = words.get(i + 1);
            switch (words.get(i)) {
                case "files" -> files = Integer.parseInt(value);
                case "group" -> group = Integer.parseInt(value);
                case "partition" -> partition = value;
                default -> throw wrong("no such option: " + words.get(i));
            }
        }
        int line = ++next;
        String sql = String.join("\n", block());
        tables.add(new SltTable(words.get(1), sql, files, group, partition, line));
    }

    private SltRecord record(List<String> words, Condition condition) {
        int line = ++next;
        List<String> sql = new ArrayList<>();
        List<String> duck = new ArrayList<>();
        for (String text : block()) {
            if (text.startsWith(DUCK_LINE)) {
                duck.add(text.substring(DUCK_LINE.length()).strip());
            } else {
                sql.add(text);
            }
        }
        require(!sql.isEmpty(), "a statement");
        String text = String.join("\n", sql);
        Source source = new Source(line, condition, text, duck.isEmpty() ? text : String.join("\n", duck));
        List<String> expected = expected();
        return switch (words.getFirst()) {
            case "statement" -> statement(words, source, expected);
            case "query" -> {
                require(words.size() == 2 || words.size() == 3, "query TYPES [sort mode]");
                require(words.get(1).matches("[BINRTDS]+"), "types of the letters BINRTDS");
                Order order = words.size() == 2
                        ? Order.NOSORT
                        : Order.valueOf(words.get(2).toUpperCase(Locale.ROOT));
                yield new SltRecord.Gives(source, words.get(1), order, expected);
            }
            case "columns" -> new SltRecord.Describes(source, expected);
            case "explain" ->
                new SltRecord.Explains(
                        source,
                        expected.stream().filter(p -> !p.startsWith("!")).toList(),
                        expected.stream()
                                .filter(p -> p.startsWith("!"))
                                .map(p -> p.substring(1).strip())
                                .toList());
            default -> throw wrong("no such record: " + words.getFirst());
        };
    }

    private SltRecord statement(List<String> words, Source source, List<String> expected) {
        if (words.equals(List.of("statement", "ok"))) {
            require(expected.isEmpty(), "no rows after statement ok");
            return new SltRecord.Works(source);
        }
        require(words.size() == 3 && words.get(1).equals("error"), "statement ok, or statement error CODE");
        return new SltRecord.Fails(source, ErrorCode.valueOf(words.get(2)).name(), expected);
    }

    /** Lines up to {@code ----} or an empty line. */
    private List<String> block() {
        List<String> block = new ArrayList<>();
        while (next < lines.size()
                && !lines.get(next).isBlank()
                && !lines.get(next).equals("----")) {
            String line = lines.get(next++);
            if (!line.startsWith("#")) {
                block.add(line);
            }
        }
        return block;
    }

    private List<String> expected() {
        if (next >= lines.size() || !lines.get(next).equals("----")) {
            return List.of();
        }
        next++;
        return block();
    }

    private String label(String label) {
        require(LABELS.contains(label), "a label of " + LABELS);
        return label;
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw wrong("expected " + what);
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(name + ":" + (next + 1) + ": " + what);
    }
}
