package dev.aquifer.spi.regex;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;

/**
 * Regular expressions. Groups capture nothing, and lazy quantifiers match as greedy ones do: asked is only whether a text
 * matches.
 */
final class RegexParser extends PatternParser {
    static final String OPERATOR = "a regular expression";

    private RegexFlags flags;

    private RegexParser(PatternText text, RegexFlags flags) {
        super(text, new Escapes(text, '\\', true));
        this.flags = flags;
    }

    /**
     * Parses an expression.
     *
     * @param flags letters as {@link RegexFlags} knows them
     * @throws AquiferException INVALID_ARGUMENT, with the position where there is one
     */
    static Node parse(Bytes pattern, Bytes flags) {
        RegexFlags parsed = flags(flags);
        return new RegexParser(new PatternText(OPERATOR, pattern), parsed).parse();
    }

    private static RegexFlags flags(Bytes letters) {
        RegexFlags flags = RegexFlags.NONE;
        for (int letter : PatternText.decode(OPERATOR, letters)) {
            RegexFlags with = flags.with(letter);
            if (with == null) {
                throw new AquiferException(
                        ErrorCode.INVALID_ARGUMENT,
                        "'" + Character.toString(letter) + "' is no flag of a regular expression; there are "
                                + RegexFlags.LETTERS);
            }
            flags = with;
        }
        return flags;
    }

    /** A lazy quantifier has a question mark behind it. */
    @Override
    void quantified() {
        text.take('?');
    }

    @Override
    Node atom(int depth) {
        int start = text.position();
        int codePoint = text.next();
        return switch (codePoint) {
            case '.' -> new Node.Chars(flags.newlines() ? CodePointSet.ANY : CodePointSet.NEWLINE.complement());
            case '^' ->
                new Node.Assertion(flags.lines() ? Node.Assertion.Kind.LINE_START : Node.Assertion.Kind.TEXT_START);
            case '$' -> new Node.Assertion(flags.lines() ? Node.Assertion.Kind.LINE_END : Node.Assertion.Kind.TEXT_END);
            case '[' -> new Node.Chars(brackets.parse(flags));
            case '(' -> flagged(start, depth);
            default -> new Node.Chars(flags.of(CodePointSet.of(codePoint)));
        };
    }

    @Override
    Node escaped() {
        Node.Assertion.Kind assertion = switch (text.peek(1)) {
            case 'A' -> Node.Assertion.Kind.TEXT_START;
            case 'Z', 'z' -> Node.Assertion.Kind.TEXT_END;
            case 'b', 'y' -> Node.Assertion.Kind.WORD_BORDER;
            case 'B', 'Y' -> Node.Assertion.Kind.NO_WORD_BORDER;
            default -> null;
        };
        if (assertion == null) {
            return new Node.Chars(flags.of(escapes.parse()));
        }
        text.next();
        text.next();
        return new Node.Assertion(assertion);
    }

    /** A group, whose flags end with it; {@code (?i)} alone sets flags for the rest of the group around it. */
    private Node flagged(int start, int depth) {
        RegexFlags outer = flags;
        if (text.take('?')) {
            if (text.take("P<") || text.peek() == '<' && text.peek(1) != '=' && text.peek(1) != '!') {
                name(start);
            } else if (text.peek() == '=' || text.peek() == '!' || text.peek() == '<') {
                throw text.error(start, "look-around is not supported; it begins");
            } else if (!letters(start)) {
                return Node.EMPTY;
            }
        }
        Node group = group(start, depth);
        flags = outer;
        return group;
    }

    private void name(int start) {
        text.take('<');
        int from = text.position();
        while (text.peek() == '_' || Character.isLetterOrDigit(text.peek())) {
            text.next();
        }
        if (text.position() == from || !text.take('>')) {
            throw text.error(start, "the name of a group is not closed by '>'; the group begins");
        }
    }

    /** Takes flags up to the colon, which opens a group, or the parenthesis that ends them: false then. */
    private boolean letters(int start) {
        while (text.peek() != ':' && text.peek() != ')') {
            RegexFlags with = text.atEnd() ? null : text.take("-i") ? flags.with('c') : flags.with(text.next());
            if (with == null) {
                throw text.error(
                        start, "'" + text.since(start) + "' begins no group; flags are " + RegexFlags.LETTERS + ";");
            }
            flags = with;
        }
        return text.next() == ':';
    }
}
