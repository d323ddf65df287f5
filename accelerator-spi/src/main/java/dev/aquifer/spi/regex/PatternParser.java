package dev.aquifer.spi.regex;

import java.util.ArrayList;
import java.util.List;

/** What both kinds of patterns have: branches, groups, and parts that are repeated. */
abstract class PatternParser {
    private static final int MAX_DEPTH = 200;

    final PatternText text;
    final Escapes escapes;
    final BracketParser brackets;
    private final QuantifierParser quantifiers;

    PatternParser(PatternText text, Escapes escapes) {
        this.text = text;
        this.escapes = escapes;
        this.brackets = new BracketParser(text, escapes);
        this.quantifiers = new QuantifierParser(text);
    }

    /** Takes the escape that stands here, and what follows it. */
    abstract Node escaped();

    /** Takes one thing that may be repeated: no escape, branch, end of a group, or quantifier stands here. */
    abstract Node atom(int depth);

    /** Takes what may stand behind a quantifier. */
    abstract void quantified();

    /** The whole pattern. */
    final Node parse() {
        Node node = alternation(0);
        if (!text.atEnd()) {
            throw text.error(text.position(), "a ')' without its '('");
        }
        return node;
    }

    /**
     * What stands in a group, and its end.
     *
     * @param start where the group begins
     */
    final Node group(int start, int depth) {
        Node group = alternation(depth + 1);
        if (!text.take(')')) {
            throw text.error(start, "a group is not closed; it begins");
        }
        return group;
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
        while (!text.atEnd() && (escapes.begin() || text.peek() != '|' && text.peek() != ')')) {
            Node part = part(depth);
            // Flags alone, and groups of nothing, are no parts.
            if (!part.equals(Node.EMPTY)) {
                parts.add(part);
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new Node.Sequence(parts);
    }

    /** The escape comes first: it may be a character that is special otherwise. */
    private Node part(int depth) {
        if (!escapes.begin() && quantifiers.begin()) {
            throw text.error(text.position(), "a quantifier has nothing to repeat");
        }
        Node atom = escapes.begin() ? escaped() : atom(depth);
        if (escapes.begin() || !quantifiers.begin()) {
            return atom;
        }
        Node repeated = quantifiers.parse(atom);
        quantified();
        return repeated;
    }
}
