package dev.aquifer.lake.object;

/**
 * A path pattern: {@code *} is any run of characters but {@code /}, {@code ?} any one character but {@code /}, {@code **}
 * any run of characters; {@code **}{@code /} may also be nothing. Matching takes time in proportion to pattern times
 * path at worst, whatever the pattern.
 */
record Glob(String pattern) {
    static boolean hasWildcard(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /** Where the folders end that the pattern names without a wildcard: just past a slash, or 0. */
    int literalPrefix() {
        int wildcard = 0;
        while (wildcard < pattern.length() && !hasWildcard(pattern.substring(wildcard, wildcard + 1))) {
            wildcard++;
        }
        return pattern.lastIndexOf('/', wildcard - 1) + 1;
    }

    boolean matches(String path) {
        // reached[j]: the pattern so far matches the first j characters of the path.
        boolean[] reached = new boolean[path.length() + 1];
        reached[0] = true;
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            boolean deep = pattern.startsWith("**", i);
            boolean folders = deep && pattern.startsWith("**/", i) && (i == 0 || pattern.charAt(i - 1) == '/');
            i += folders ? 3 : deep ? 2 : 1;
            reached = folders
                    ? acrossFolders(reached, path)
                    : c == '*' ? run(reached, path, deep) : one(reached, path, c);
        }
        return reached[path.length()];
    }

    private static boolean[] acrossFolders(boolean[] reached, String path) {
        boolean[] next = reached.clone();
        boolean seen = false;
        for (int j = 0; j < path.length(); j++) {
            seen |= reached[j];
            next[j + 1] |= seen && path.charAt(j) == '/';
        }
        return next;
    }

    private static boolean[] run(boolean[] reached, String path, boolean deep) {
        boolean[] next = reached.clone();
        for (int j = 0; j < path.length(); j++) {
            next[j + 1] |= next[j] && (deep || path.charAt(j) != '/');
        }
        return next;
    }

    private static boolean[] one(boolean[] reached, String path, char c) {
        boolean[] next = new boolean[reached.length];
        for (int j = 0; j < path.length(); j++) {
            char at = path.charAt(j);
            next[j + 1] = reached[j] && (c == '?' ? at != '/' : at == c);
        }
        return next;
    }
}
