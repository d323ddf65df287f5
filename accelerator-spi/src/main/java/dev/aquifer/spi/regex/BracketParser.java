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
        boolean negated = !escapes.begin() && text.take('^');
        CodePointSet set = CodePointSet.NONE;
        boolean first = true;
        while (first || !closes(0)) {
            if (text.atEnd()) {
                throw text.error(start, "a bracket is not closed; it begins");
            }
            set = set.union(item(first, flags));
            first = false;
        }
        text.next();
        if (!negated) {
            return set;
        }
        return flags.newlines()
                ? set.complement()
                : set.union(CodePointSet.NEWLINE).complement();
    }

    /** The escape comes first: it may be a character that is special otherwise. */
    private boolean isSpecial(int character) {
        return text.peek() == character && !escapes.begin();
    }

    private boolean closes(int ahead) {
        return text.peek(ahead) == ']' && !escapes.is(']');
    }

    private CodePointSet item(boolean first, RegexFlags flags) {
        int start = text.position();
        if (isSpecial('[') && (text.peek(1) == ':' || text.peek(1) == '.' || text.peek(1) == '=')) {
            return named(start, flags);
        }
        if (isSpecial('-') && !first && !closes(1)) {
            throw text.error(start, "a minus is neither part of a range nor first or last in its bracket");
        }
        CodePointSet from = character();
        if (!isSpecial('-') || closes(1) || text.peek(1) == PatternText.END) {
            return flags.of(from);
        }
        text.next();
        int end = text.position();
        if (isSpecial('[') && text.peek(1) == ':') {
            throw text.error(end, "a range ends with a class");
        }
        CodePointSet to = character();
        if (from.size() != 1 || to.size() != 1) {
            throw text.error(start, "a range from or to a class");
        }
        if (to.first(0) < from.first(0)) {
            throw text.error(start, "the range '" + text.since(start) + "' is empty, its end is before its start");
        }
        CodePointSet range = CodePointSet.range(from.first(0), to.first(0));
        return flags.ignoreCase() ? CaseFolding.close(range) : range;
    }

    /** A character, or an escaped class. */
    private CodePointSet character() {
        return escapes.begin() ? escapes.parse() : CodePointSet.of(text.next());
    }

    private CodePointSet named(int start, RegexFlags flags) {
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
        CodePointSet set = NamedClass.byName(name, flags.ignoreCase());
        if (set == null || !text.take(":]")) {
            throw text.error(
                    start,
                    "'[:" + name + "' is no class; there are alnum, alpha, ascii, blank, cntrl, digit, graph, lower,"
                            + " print, punct, space, upper, word and xdigit, each between [: and :],");
        }
        return negated ? set.complement() : set;
    }
}
