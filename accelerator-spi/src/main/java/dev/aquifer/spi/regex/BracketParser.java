package dev.aquifer.spi.regex;

import dev.aquifer.spi.error.AquiferException;

/**
 * What stands between brackets, in both kinds of patterns: characters, ranges, classes as {@code [:alpha:]}, and escapes. A
 * bracket right after the opening one, and a minus at either end, stand for themselves.
 */
final class BracketParser {
    private final PatternText text;
    private final Escapes escapes;

    BracketParser(PatternText text, Escapes escapes) {
        this.text = text;
        this.escapes = escapes;
    }

    /**
     * Takes everything up to the closing bracket; the opening one is taken.
     *
     * @throws AquiferException INVALID_ARGUMENT where that is malformed
     */
    CodePointSet parse(RegexFlags flags) {
        int start = text.position() - 1;
        boolean negated = text.take('^');
        CodePointSet set = CodePointSet.NONE;
        boolean first = true;
        while (first || text.peek() != ']') {
            if (text.atEnd()) {
                throw text.error(start, "a bracket is not closed; it begins");
            }
            set = set.union(item(first));
            first = false;
        }
        text.next();
        set = flags.ignoreCase() ? CaseFolding.close(set) : set;
        if (!negated) {
            return set;
        }
        return flags.newlines()
                ? set.complement()
                : set.union(CodePointSet.NEWLINE).complement();
    }

    private CodePointSet item(boolean first) {
        int start = text.position();
        if (text.peek() == '[' && (text.peek(1) == ':' || text.peek(1) == '.' || text.peek(1) == '=')) {
            return named(start);
        }
        if (text.peek() == '-' && !first && text.peek(1) != ']') {
            throw text.error(start, "a minus is neither part of a range nor first or last in its bracket");
        }
        CodePointSet from = character();
        if (text.peek() != '-' || text.peek(1) == ']' || text.peek(1) == PatternText.END) {
            return from;
        }
        text.next();
        int end = text.position();
        if (text.peek() == '[' && text.peek(1) == ':') {
            throw text.error(end, "a range ends with a class");
        }
        CodePointSet to = character();
        if (from.size() != 1 || to.size() != 1) {
            throw text.error(start, "a range from or to a class");
        }
        if (to.first(0) < from.first(0)) {
            throw text.error(start, "the range '" + text.since(start) + "' is empty, its end is before its start");
        }
        return CodePointSet.range(from.first(0), to.first(0));
    }

    /** A character, or an escaped class. */
    private CodePointSet character() {
        int position = text.position();
        int codePoint = text.next();
        return codePoint == escapes.character() ? escapes.parse(position) : CodePointSet.of(codePoint);
    }

    private CodePointSet named(int start) {
        text.next();
        int kind = text.next();
        if (kind != ':') {
            throw text.error(
                    start, "collating elements and equivalence classes are not supported: '[" + (char) kind + "'");
        }
        boolean negated = text.take('^');
        int from = text.position();
        while (Character.isLetter(text.peek())) {
            text.next();
        }
        String name = text.since(from);
        CodePointSet set = NamedClass.byName(name);
        if (set == null || !text.take(":]")) {
            throw text.error(
                    start,
                    "'[:" + name + "' is no class; there are alnum, alpha, ascii, blank, cntrl, digit, graph, lower,"
                            + " print, punct, space, upper, word and xdigit, each between [: and :],");
        }
        return negated ? set.complement() : set;
    }
}
