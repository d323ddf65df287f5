package dev.aquifer.spi.regex;

import org.jspecify.annotations.Nullable;

/**
 * How letters and line feeds are matched. The letters are PostgreSQL's.
 *
 * @param ignoreCase as {@link CaseFolding} does
 * @param newlines whether {@code .} and negated brackets match a line feed
 * @param lines whether {@code ^} and {@code $} match at lines, not at the text alone
 */
record RegexFlags(boolean ignoreCase, boolean newlines, boolean lines) {
    static final RegexFlags NONE = new RegexFlags(false, true, false);
    static final String LETTERS = "c, i, m, n, p, s, w";

    /** What a character, or an escaped class, matches. Classes are of ASCII and have both cases of their letters. */
    CodePointSet of(CodePointSet set) {
        return ignoreCase && set.size() == 1 ? CaseFolding.close(set) : set;
    }

    /** With one letter more, which counts more than those before; null for a letter that is none. */
    @Nullable
    RegexFlags with(int letter) {
        return switch (letter) {
            case 'c' -> new RegexFlags(false, newlines, lines);
            case 'i' -> new RegexFlags(true, newlines, lines);
            case 'm', 'n' -> new RegexFlags(ignoreCase, false, true);
            case 'p' -> new RegexFlags(ignoreCase, false, false);
            case 's' -> new RegexFlags(ignoreCase, true, false);
            case 'w' -> new RegexFlags(ignoreCase, true, true);
            default -> null;
        };
    }
}
