package dev.aquifer.spi.regex;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Patterns of SIMILAR TO: those of LIKE, with alternation, quantifiers, groups and brackets. */
final class SimilarParser {
    static final String OPERATOR = "SIMILAR TO";
    private static final int MAX_DEPTH = 200;

    private final PatternText text;
    private final Escapes escapes;
    private final BracketParser brackets;
    private final QuantifierParser quantifiers;

    private SimilarParser(Bytes pattern, Bytes escape) {
        this.text = new PatternText(OPERATOR, pattern);
        int[] character = PatternText.decode(OPERATOR, escape);
        if (character.length > 1) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT, "the escape of SIMILAR TO must be one character, not '" + escape + "'");
        }
        this.escapes = new Escapes(text, character.length == 0 ? -1 : character[0], false);
        this.brackets = new BracketParser(text, escapes);
        this.quantifiers = new QuantifierParser(text);
    }

    /** @throws AquiferException INVALID_ARGUMENT, with the position where there is one */
    static Node parse(Bytes pattern, Bytes escape) {
        SimilarParser parser = new SimilarParser(pattern, escape);
        Node node = parser.alternation(0);
        if (!parser.text.atEnd()) {
            throw parser.text.error(parser.text.position(), "a ')' without its '('");
        }
        return node;
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
            int start = text.position();
            // The escape first: it may be a character that is special otherwise.
            boolean escaped = text.peek() == escapes.character();
            if (!escaped && quantifiers.begins()) {
                throw text.error(start, "a quantifier has nothing to repeat");
            }
            Node atom = escaped ? new Node.Chars(escape()) : atom(depth);
            parts.add(text.peek() == escapes.character() ? atom : quantifiers.parse(atom));
        }
        return parts.size() == 1 ? parts.getFirst() : new Node.Sequence(parts);
    }

    private CodePointSet escape() {
        int start = text.position();
        text.next();
        return escapes.parse(start);
    }

    private Node atom(int depth) {
        int start = text.position();
        int codePoint = text.next();
        return switch (codePoint) {
            case '%' -> Node.ANYTHING;
            case '_' -> new Node.Chars(CodePointSet.ANY);
            case '[' -> new Node.Chars(brackets.parse(RegexFlags.NONE));
            case '(' -> {
                Node group = alternation(depth + 1);
                if (!text.take(')')) {
                    throw text.error(start, "a group is not closed; it begins");
                }
                yield group;
            }
            default -> new Node.Chars(CodePointSet.of(codePoint));
        };
    }
}
