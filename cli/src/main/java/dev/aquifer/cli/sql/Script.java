package dev.aquifer.cli.sql;

import java.util.ArrayList;
import java.util.List;

/** Text that holds several statements with semicolons between them. */
final class Script {
    private final String text;
    private final List<String> statements = new ArrayList<>();
    private boolean complete = true;

    private Script(String text) {
        this.text = text;
    }

    /**
     * The statements of a text, without semicolons, without those that are empty or nothing but comments. What stands before
     * a statement in the text is replaced by blanks, so that lines and columns in error messages are those of the text.
     */
    static List<String> statements(String text) {
        return split(text).statements;
    }

    /** Whether the text ends after a semicolon, or holds no statement at all. */
    static boolean isComplete(String text) {
        return split(text).complete;
    }

    private static Script split(String text) {
        Script script = new Script(text);
        script.scan();
        return script;
    }

    private void scan() {
        int start = 0;
        boolean something = false;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == ';') {
                if (something) {
                    add(start, i);
                }
                something = false;
                i++;
                start = i;
            } else if (c == '\'' || c == '"') {
                something = true;
                i = after(i + 1, String.valueOf(c));
            } else if (text.startsWith("--", i)) {
                i = after(i + 2, "\n");
            } else if (text.startsWith("/*", i)) {
                i = after(i + 2, "*/");
            } else {
                something |= !Character.isWhitespace(c);
                i++;
            }
        }
        if (something) {
            add(start, text.length());
        }
        // Something that began and did not end: a statement, or an open comment.
        complete = !something && i == text.length();
    }

    /** Where scanning goes on behind the next {@code end}; past the text where there is none. */
    private int after(int from, String end) {
        int at = text.indexOf(end, from);
        if (at >= 0) {
            return at + end.length();
        }
        // A line comment may end with the text.
        return end.equals("\n") ? text.length() : text.length() + 1;
    }

    private void add(int start, int end) {
        StringBuilder statement = new StringBuilder(end);
        int lineStart = text.lastIndexOf('\n', start - 1) + 1;
        for (int i = 0; i < lineStart; i++) {
            if (text.charAt(i) == '\n') {
                statement.append('\n');
            }
        }
        statement.append(" ".repeat(start - lineStart)).append(text, start, end);
        statements.add(statement.toString());
    }
}
