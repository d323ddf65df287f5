package dev.aquifer.engine.sql;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.util.SqlShuttle;

/** Text to syntax tree, in PostgreSQL's dialect as far as Calcite's Babel parser knows it. */
public final class StatementParser {
    /** Longer texts are refused before they are parsed; generated IN lists stay far below. */
    private static final int MAX_TEXT = 4 << 20;

    /** What may stand between words. Whoever wrote the text, nothing here goes back over what it took, so time is linear. */
    private static final String GAP = "(?:\\s|--[^\\n]*+(?:\\n|$)|/\\*(?:[^*]|\\*(?!/))*+\\*/)";

    private static final Pattern EXPLAIN = Pattern.compile(
            "^" + GAP + "*+(EXPLAIN(?:" + GAP + "++PLAN" + GAP + "++FOR)?)(?=" + GAP + "|\\()",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SHOW_TABLES =
            Pattern.compile("^\\s*+SHOW\\s++TABLES\\s*+;?+\\s*+$", Pattern.CASE_INSENSITIVE);
    private static final Pattern DESCRIBE = Pattern.compile(
            "^\\s*+DESC(?:RIBE)?+\\s++(?:TABLE\\s++)?(?:([A-Za-z_][A-Za-z0-9_]*+)|\"([^\"]++)\")\\s*+;?+\\s*+$",
            Pattern.CASE_INSENSITIVE);

    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withParserFactory(SqlBabelParserImpl.FACTORY)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.TO_LOWER)
            .withQuotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(true)
            .withIdentifierMaxLength(1024)
            .withConformance(Dialect.CONFORMANCE);

    private StatementParser() {}

    /** @throws AquiferException SYNTAX with line, column and caret; UNSUPPORTED for statements that are not queries */
    public static Statement parse(String sql) {
        if (sql.length() > MAX_TEXT) {
            throw new AquiferException(
                    ErrorCode.INVALID_QUERY, "the query has " + sql.length() + " characters, more than " + MAX_TEXT);
        }
        if (SHOW_TABLES.matcher(sql).matches()) {
            return new Statement.ShowTables();
        }
        Matcher describe = DESCRIBE.matcher(sql);
        if (describe.matches()) {
            String unquoted = describe.group(1);
            return new Statement.Describe(unquoted == null ? describe.group(2) : unquoted.toLowerCase(Locale.ROOT));
        }
        String text = sql;
        Matcher explain = EXPLAIN.matcher(sql);
        boolean explains = explain.find();
        if (explains) {
            // Blanks of the same length, so that places in messages stay those of the text.
            text = sql.substring(0, explain.start(1))
                    + " ".repeat(explain.end(1) - explain.start(1))
                    + sql.substring(explain.end(1));
        }
        Parsed parsed = one(text);
        SqlNode node = parsed.node();
        if (!node.isA(SqlKind.QUERY)) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED,
                    node.getKind() + " is not supported: the lake is only read (SELECT, WITH, VALUES, EXPLAIN)");
        }
        node.accept(new Refusals());
        for (SqlShuttle form : FORMS) {
            node = Objects.requireNonNull(node.accept(form));
        }
        return new Statement.Query(parsed.text(), node, TableNames.of(node), explains);
    }

    /** What PostgreSQL reads in its own way, and Calcite otherwise or not at all. They keep nothing of what they visit. */
    private static final List<SqlShuttle> FORMS = List.of(
            new RegexOperators(),
            new FineIntervals(),
            new LikeEscapes(),
            new UsingColumns(),
            new SortNames(),
            new SpreadWindows());

    /** @param text what the places in the node are in */
    private record Parsed(String text, SqlNode node) {}

    private static Parsed one(String text) {
        try {
            return parsed(text);
        } catch (SqlParseException e) {
            String whole = MissingFrom.added(text);
            if (!whole.equals(text)) {
                try {
                    return parsed(whole);
                } catch (SqlParseException other) {
                    e.addSuppressed(other);
                }
            }
            throw SqlErrors.syntax(text, e);
        } catch (StackOverflowError e) {
            throw new AquiferException(ErrorCode.INVALID_QUERY, "the query is nested too deeply", e);
        }
    }

    private static Parsed parsed(String text) throws SqlParseException {
        SqlNodeList list = SqlParser.create(text, CONFIG).parseStmtList();
        if (list.size() != 1) {
            throw new AquiferException(ErrorCode.SYNTAX, "one statement at a time: this text has " + list.size());
        }
        return new Parsed(text, list.get(0));
    }

    /** The words that cannot be names without quotes; for completion. */
    public static List<String> keywords() {
        return SqlParser.create("", CONFIG).getMetadata().getTokens();
    }
}
