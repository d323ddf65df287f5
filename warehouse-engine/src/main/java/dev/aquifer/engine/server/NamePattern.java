package dev.aquifer.engine.server;

/** A pattern of metadata calls: {@code %} any run, {@code _} one character, a backslash before what is meant literally. */
final class NamePattern {
    private final String pattern;

    NamePattern(String pattern) {
        this.pattern = pattern;
    }

    /** Whether a whole name matches; takes time of the order of both lengths multiplied, whatever the pattern. */
    boolean matches(String name) {
        int p = 0;
        int n = 0;
        int afterRun = -1;
        int runEnd = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '%') {
                afterRun = ++p;
                runEnd = n;
            } else if (p < pattern.length() && matchesOne(p, name.charAt(n))) {
                p += width(p);
                n++;
            } else if (afterRun >= 0) {
                // The last run takes one character more.
                p = afterRun;
                n = ++runEnd;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '%') {
            p++;
        }
        return p == pattern.length();
    }

    private boolean isEscape(int at) {
        return pattern.charAt(at) == '\\' && at + 1 < pattern.length();
    }

    private int width(int at) {
        return isEscape(at) ? 2 : 1;
    }

    private boolean matchesOne(int at, char c) {
        return isEscape(at) ? pattern.charAt(at + 1) == c : pattern.charAt(at) == '_' || pattern.charAt(at) == c;
    }
}
