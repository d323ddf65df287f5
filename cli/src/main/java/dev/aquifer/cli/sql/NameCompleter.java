package dev.aquifer.cli.sql;

import dev.aquifer.engine.catalog.TableColumn;
import dev.aquifer.engine.session.SessionCatalog;
import dev.aquifer.spi.error.AquiferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes tables, the columns of the tables that the statement names, keywords and the shell's commands. */
final class NameCompleter implements Completer {
    private static final List<String> KEYWORDS = List.of(
            "select",
            "from",
            "where",
            "group by",
            "order by",
            "having",
            "limit",
            "offset",
            "join",
            "left join",
            "on",
            "using",
            "and",
            "or",
            "not",
            "in",
            "exists",
            "between",
            "like",
            "is null",
            "is not null",
            "case",
            "when",
            "then",
            "else",
            "end",
            "cast",
            "as",
            "distinct",
            "union",
            "union all",
            "intersect",
            "except",
            "with",
            "values",
            "desc",
            "asc",
            "nulls first",
            "nulls last",
            "date",
            "timestamp",
            "interval",
            "extract",
            "substring",
            "coalesce",
            "count",
            "sum",
            "min",
            "max",
            "avg",
            "filter",
            "over",
            "partition by",
            "explain");
    private static final List<String> COMMANDS =
            List.of("\\d", "\\timing", "\\stats", "\\format", "\\pushdown", "\\device", "\\i", "\\?", "\\q");

    private static final int MOST_COLUMNS = 500;

    private final Supplier<SessionCatalog> catalog;
    /** Columns by table; a table that cannot be read has none, and is asked again only in the next shell. */
    private final Map<String, List<String>> columns = new ConcurrentHashMap<>();

    NameCompleter(Supplier<SessionCatalog> catalog) {
        this.catalog = catalog;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word = line.word();
        if (word.startsWith("\\")) {
            COMMANDS.forEach(command -> candidates.add(candidate(command, "commands")));
            return;
        }
        for (String schema : catalog.get().schemas()) {
            for (String table : catalog.get().tables(schema)) {
                candidates.add(candidate(asWritten(table), "tables"));
            }
        }
        if (!word.isEmpty()) {
            completeColumns(line.line().toLowerCase(Locale.ROOT), candidates);
            boolean upper = word.equals(word.toUpperCase(Locale.ROOT));
            for (String keyword : KEYWORDS) {
                candidates.add(candidate(upper ? keyword.toUpperCase(Locale.ROOT) : keyword, "keywords"));
            }
        }
    }

    /** Columns of the tables that the statement names, or of all where it names none yet. */
    private void completeColumns(String text, List<Candidate> candidates) {
        List<String> named = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (String schema : catalog.get().schemas()) {
            for (String table : catalog.get().tables(schema)) {
                boolean isNamed = text.contains(table.toLowerCase(Locale.ROOT));
                // A lake of many tables is not read for a guess.
                if (isNamed || all.size() < MOST_COLUMNS) {
                    (isNamed ? named : all).addAll(columns.computeIfAbsent(table, name -> columns(schema, name)));
                }
            }
        }
        for (String column : named.isEmpty() ? all : named) {
            candidates.add(candidate(column, "columns"));
        }
    }

    private List<String> columns(String schema, String table) {
        try {
            return catalog.get().table(schema, table).columns().stream()
                    .filter(column -> column.type() != null)
                    .map(TableColumn::name)
                    .map(NameCompleter::asWritten)
                    .toList();
        } catch (AquiferException e) {
            // The query that names the table will say what is wrong with it.
            return List.of();
        }
    }

    /** A name in quotes where it would mean another one without. */
    static String asWritten(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static Candidate candidate(String value, String group) {
        return new Candidate(value, value, group, null, null, null, true);
    }
}
