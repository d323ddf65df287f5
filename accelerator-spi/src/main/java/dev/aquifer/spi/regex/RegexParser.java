package dev.aquifer.spi.regex;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Regular expressions. Groups capture nothing, and lazy quantifiers match as greedy ones do: asked is only whether a text
 * matches.
 */
final class RegexParser {
    static final String OPERATOR = "a regular expression";
    private static final int MAX_DEPTH = 200;

    private final PatternText text;
    private final Escapes escapes;
    private final BracketParser brackets;
    private final QuantifierParser quantifiers;
    private RegexFlags flags;

    private RegexParser(Bytes pattern, RegexFlags flags) {
        this.text = new PatternText(OPERATOR, pattern);
        this.escapes = new Escapes(text, '\\', true);
        this.brackets = new BracketParser(text, escapes);
        this.quantifiers = new QuantifierParser(text);
        this.flags = flags;
    }

    /**
     * Parses an expression.
     *
     * @param flags letters as {@link RegexFlags} knows them
     * @throws AquiferException INVALID_ARGUMENT, with the position where there is one
     */
    static Node parse(Bytes pattern, Bytes flags) {
        RegexParser parser = new RegexParser(pattern, flags(flags));
        Node node = parser.alternation(0);
        if (!parser.text.atEnd()) {
            throw parser.text.error(parser.text.position(), "a ')' without its '('");
        }
        return node;
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

    private Node alternation(int depth) {
        if (depth > MAX_DEPTH) {
            throw text.error(text.position(), "groups are more than " + MAX_DEPTH + " deep");
        }
        List<Node> branches = new ArrayList<>();
        do {
            branches.add(sequence(depth));
        } while (text.take('|'));
        return branches.size() == 1 ? branches.getFirst() : new Node.Alternation(branches);
    }

    private Node sequence(int depth) {
        List<Node> parts = new ArrayList<>();
        while (!text.atEnd() && text.peek() != '|' && text.peek() != ')') {
            if (quantifiers.begins()) {
                throw text.error(text.position(), "a quantifier has nothing to repeat");
            }
            Node part = quantified(atom(depth));
            // Flags alone, and groups of nothing, are no parts.
            if (!part.equals(Node.EMPTY)) {
                parts.add(part);
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new Node.Sequence(parts);
    }

    private Node quantified(Node atom) {
        if (!quantifiers.begins()) {
            return atom;
        }
        Node repeated = quantifiers.parse(atom);
        text.take('?');
        return repeated;
    }

    private Node atom(int depth) {
        int start = text.position();
        int codePoint = text.next();
        return switch (codePoint) {
            case '.' -> new Node.Chars(flags.newlines() ? CodePointSet.ANY : CodePointSet.NEWLINE.complement());
            case '^' ->
                new Node.Assertion(flags.lines() ? Node.Assertion.Kind.LINE_START : Node.Assertion.Kind.TEXT_START);
            case '$' -> new Node.Assertion(flags.lines() ? Node.Assertion.Kind.LINE_END : Node.Assertion.Kind.TEXT_END);
            case '[' -> new Node.Chars(brackets.parse(flags));
            case '(' -> group(start, depth);
            case '\\' -> escape(start);
            default -> chars(CodePointSet.of(codePoint));
        };
    }

    private Node chars(CodePointSet set) {
        return new Node.Chars(flags.ignoreCase() ? CaseFolding.close(set) : set);
    }

    private Node escape(int start) {
        Node.Assertion.Kind assertion = switch (text.peek()) {
            case 'A' -> Node.Assertion.Kind.TEXT_START;
            case 'Z', 'z' -> Node.Assertion.Kind.TEXT_END;
            case 'b', 'y' -> Node.Assertion.Kind.WORD_BORDER;
            case 'B', 'Y' -> Node.Assertion.Kind.NO_WORD_BORDER;
            default -> null;
        };
        if (assertion == null) {
            return chars(escapes.parse(start));
        }
        text.next();
        return new Node.Assertion(assertion);
    }

    /** A group, whose flags end with it; {@code (?i)} alone sets flags for the rest of the group around it. */
    private Node group(int start, int depth) {
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
        Node group = alternation(depth + 1);
        if (!text.take(')')) {
            throw text.error(start, "a group is not closed; it begins");
        }
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
