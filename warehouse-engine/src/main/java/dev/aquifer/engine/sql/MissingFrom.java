package dev.aquifer.engine.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code SELECT 1 WHERE ...}: the parser wants a FROM before the WHERE, so one row of one column is put there. */
final class MissingFrom {
    /** Without the end of a line, so that {@link Place#withoutAdded} finds it in one. */
    private static final String ONE_ROW = " FROM (VALUES (0)) AS \"one row\"(\"no column\") ";

    /** Comments, quoted texts and names, parentheses, words; all else passes. None of them can backtrack. */
    private static final Pattern TOKEN = Pattern.compile(
            "--[^\\n]*+|/\\*(?:[^*]|\\*(?!/))*+\\*/|'[^']*+'|\"[^\"]*+\"|[()]|[\\p{L}_][\\p{L}\\p{N}_$]*+|\\*");

    private MissingFrom() {}

    /** A SELECT on its way, in one pair of parentheses. */
    private static final class Scope {
        private boolean select;
        private boolean from;
        private String before = "";
    }

    /** A line of a text, and a place in it, from 1. */
    record Place(String line, int column) {
        /** The place in the line as it was given, without what {@link #added} put there. */
        Place withoutAdded() {
            int at = line.indexOf(ONE_ROW);
            if (at < 0) {
                return this;
            }
            int before = Math.max(0, Math.min(ONE_ROW.length(), column - 1 - at));
            String given = line.substring(0, at) + line.substring(at + ONE_ROW.length());
            return new Place(given, column - before).withoutAdded();
        }
    }

    /** The text with what is missing, or the text itself where nothing is. */
    static String added(String sql) {
        StringBuilder text = new StringBuilder();
        Deque<Scope> scopes = new ArrayDeque<>();
        scopes.push(new Scope());
        Matcher tokens = TOKEN.matcher(sql);
        int copied = 0;
        while (tokens.find()) {
            String token = tokens.group().toUpperCase(Locale.ROOT);
            if (token.startsWith("--") || token.startsWith("/*")) {
                continue;
            }
            Scope scope = scopes.getFirst();
            switch (token) {
                case "(" -> scopes.push(new Scope());
                case ")" -> {
                    if (scopes.size() > 1) {
                        scopes.pop();
                    }
                }
                case "SELECT" -> {
                    scope.select = true;
                    scope.from = false;
                }
                // IS DISTINCT FROM is no clause.
                case "FROM" -> scope.from |= !scope.before.equals("DISTINCT");
                case "UNION", "INTERSECT", "EXCEPT" -> scope.select = false;
                case "WHERE" -> {
                    if (scope.select && !scope.from) {
                        text.append(sql, copied, tokens.start()).append(ONE_ROW);
                        copied = tokens.start();
                        scope.from = true;
                    }
                }
                // There are no columns that it could stand for.
                case "*" -> scope.from |= scope.before.equals("SELECT");
                default -> {
                    // Words of expressions.
                }
            }
            scope.before = token;
        }
        return text.append(sql, copied, sql.length()).toString();
    }
}
