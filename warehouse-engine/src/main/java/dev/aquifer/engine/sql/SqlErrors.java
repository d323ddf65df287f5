package dev.aquifer.engine.sql;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Calcite's complaints with our codes. The message ends with the line of the text and a caret under the place. */
final class SqlErrors {
    private static final Pattern ENCOUNTERED = Pattern.compile("Encountered \"(.*?)\" at line", Pattern.DOTALL);
    private static final String NOT_CLOSED = "a comment, a text or a name in quotes is not closed";
    private static final Pattern LEXICAL = Pattern.compile("Lexical error at line \\d+, column \\d+\\. +(.*)");
    private static final Pattern TABLE = Pattern.compile("(?:Object|Table) '(.*?)' not found(?: within '(.*)')?.*");
    private static final Pattern COLUMN = Pattern.compile("Column '(.*?)' not found in (?:any table|table '(.*)').*");
    private static final Pattern FUNCTION = Pattern.compile("No match found for function signature (.*)");
    private static final Pattern TYPES = Pattern.compile("(?s)Cannot apply .*|.*compatible types.*"
            + "|Cast function cannot convert.*|Type mismatch .*|Illegal mixing of types.*|Cannot infer return type.*"
            + "|WHERE clause must be a condition.*|.*must be a condition.*|Invalid number of arguments.*"
            + "|.*are not comparable.*|Cannot compare .*|Values passed to .*");
    private static final Pattern BAD_LITERAL = Pattern.compile("Illegal (?:DATE|TIME|TIMESTAMP)\\b.* literal .*");
    private static final int EXPECTED_SHOWN = 6;

    private SqlErrors() {}

    static AquiferException syntax(String sql, SqlParseException e) {
        SqlParserPos pos = e.getPos();
        String message = e.getMessage() == null ? "" : e.getMessage();
        Matcher encountered = ENCOUNTERED.matcher(message);
        Matcher lexical = LEXICAL.matcher(message);
        String what;
        if (encountered.find()) {
            String tokens = encountered.group(1);
            // The parser names all tokens from where it began to look ahead; the last one is what it cannot take.
            String token = tokens.substring(tokens.lastIndexOf(' ') + 1);
            pos = pos == null ? null : later(sql, pos, tokens, token);
            what = token.equals("<EOF>") || token.isEmpty()
                    ? "unexpected end of the text"
                    : "unexpected \"" + token + "\"";
            what = isOpenQuote(sql, pos) ? NOT_CLOSED : what + expected(e.getExpectedTokenNames());
        } else if (message.startsWith("Non-query expression")) {
            what = "a query begins with SELECT, WITH or VALUES";
        } else if (lexical.find()) {
            // The end of the text where something was still open.
            what = lexical.group(1).contains("<EOF>") ? NOT_CLOSED : lexical.group(1);
        } else {
            what = firstLine(message);
        }
        return at(ErrorCode.SYNTAX, sql, pos == null ? SqlParserPos.ZERO : pos, what, e);
    }

    /** Whether a place follows a quote that nothing closes. */
    private static boolean isOpenQuote(String sql, @Nullable SqlParserPos pos) {
        int at = pos == null ? -1 : offset(sql, pos);
        if (at < 1 || at > sql.length()) {
            return false;
        }
        char before = sql.charAt(at - 1);
        return (before == '\'' || before == '"') && sql.indexOf(before, at) < 0;
    }

    /** The place of the last of some tokens, which begin at a place. */
    private static SqlParserPos later(String sql, SqlParserPos from, String tokens, String last) {
        if (tokens.equals(last) || last.startsWith("<")) {
            return from;
        }
        int at = offset(sql, from);
        int place = at < 0 ? -1 : sql.toLowerCase(Locale.ROOT).indexOf(last.toLowerCase(Locale.ROOT), at + 1);
        if (place < 0) {
            return from;
        }
        int line =
                1 + (int) sql.substring(0, place).chars().filter(c -> c == '\n').count();
        int column = place - sql.lastIndexOf('\n', place - 1);
        return new SqlParserPos(line, column);
    }

    private static int offset(String sql, SqlParserPos pos) {
        int at = 0;
        for (int line = 1; line < pos.getLineNum(); line++) {
            int end = sql.indexOf('\n', at);
            if (end < 0) {
                return -1;
            }
            at = end + 1;
        }
        return Math.min(sql.length(), at + pos.getColumnNum() - 1);
    }

    private static String expected(Collection<String> tokens) {
        List<String> words = tokens.stream()
                .map(token -> token.startsWith("\"") && token.endsWith("\"") && token.length() > 2
                        ? token.substring(1, token.length() - 1)
                        : token)
                .filter(token -> token.matches("[A-Z]+|[(),.;*=]"))
                .toList();
        return words.isEmpty() || words.size() > EXPECTED_SHOWN ? "" : "; expected " + String.join(", ", words);
    }

    /** @param names what tables and columns there are, for hints */
    static AquiferException invalid(String sql, CalciteContextException e, KnownNames names) {
        String what = e.getCause() == null || e.getCause().getMessage() == null
                ? String.valueOf(e.getMessage())
                : e.getCause().getMessage();
        what = firstLine(what);
        SqlParserPos pos = new SqlParserPos(e.getPosLine(), e.getPosColumn(), e.getEndPosLine(), e.getEndPosColumn());
        if (what.contains("$SCALAR_QUERY")) {
            return at(ErrorCode.TYPE_MISMATCH, sql, pos, "a subquery that is used as a value has one column", e);
        }
        if (BAD_LITERAL.matcher(what).matches()) {
            return at(ErrorCode.INVALID_CAST, sql, pos, what, e);
        }
        Matcher table = TABLE.matcher(what);
        if (table.matches()) {
            String name = table.group(1);
            return at(
                    ErrorCode.UNKNOWN_TABLE,
                    sql,
                    pos,
                    "there is no table " + name + NearNames.hint(name, names.tables()),
                    e);
        }
        Matcher column = COLUMN.matcher(what);
        if (column.matches()) {
            String name = column.group(1);
            String reason = names.unsupported(name);
            if (reason != null) {
                return at(ErrorCode.UNSUPPORTED_FILE, sql, pos, "column " + name + " cannot be used: " + reason, e);
            }
            String where = column.group(2) == null ? "" : " in table " + column.group(2);
            return at(
                    ErrorCode.UNKNOWN_COLUMN,
                    sql,
                    pos,
                    "there is no column " + name + where + NearNames.hint(name, names.columns()),
                    e);
        }
        Matcher function = FUNCTION.matcher(what);
        if (function.matches()) {
            String signature = function.group(1).toLowerCase(Locale.ROOT);
            String name = signature.replaceAll("\\(.*", "");
            return at(
                    ErrorCode.UNKNOWN_FUNCTION,
                    sql,
                    pos,
                    "there is no function " + signature + NearNames.hint(name, names.functions()),
                    e);
        }
        ErrorCode code = TYPES.matcher(what).matches() ? ErrorCode.TYPE_MISMATCH : ErrorCode.INVALID_QUERY;
        return at(code, sql, pos, what, e);
    }

    private static AquiferException at(
            ErrorCode code, String sql, SqlParserPos pos, String what, @Nullable Throwable cause) {
        int line = pos.getLineNum();
        int column = pos.getColumnNum();
        List<String> lines = sql.lines().toList();
        if (line < 1 || line > lines.size()) {
            return new AquiferException(code, what, cause);
        }
        MissingFrom.Place place = new MissingFrom.Place(lines.get(line - 1), column).withoutAdded();
        String message = "line " + line + ", column " + place.column() + ": " + what + "\n  "
                + place.line().replace('\t', ' ') + "\n  " + " ".repeat(Math.max(0, place.column() - 1)) + "^";
        return new AquiferException(code, message, cause);
    }

    static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
