package dev.aquifer.spi.regex;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.type.Bytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parsed pattern: which texts match it. A part of the text matches the {@link #body}, from its start if {@link #fromStart} and
 * to its end if {@link #toEnd}. Immutable.
 */
public final class Regex {
    private final Node body;
    private final boolean fromStart;
    private final boolean toEnd;
    private final Nfa nfa;

    private Regex(Node pattern, boolean whole) {
        Deque<Node> parts = new ArrayDeque<>(partsOf(pattern));
        boolean start = whole;
        boolean end = whole;
        // Anything before a part that must be at the start, or not, says the same as a flag; so at the end.
        while (isAnything(parts.peekFirst()) || asserts(parts.peekFirst(), Node.Assertion.Kind.TEXT_START)) {
            start = !isAnything(parts.removeFirst());
        }
        while (isAnything(parts.peekLast()) || asserts(parts.peekLast(), Node.Assertion.Kind.TEXT_END)) {
            end = !isAnything(parts.removeLast());
        }
        this.body = parts.size() == 1 ? parts.getFirst() : new Node.Sequence(List.copyOf(parts));
        this.fromStart = start;
        this.toEnd = end;
        this.nfa = NfaBuilder.build(body, fromStart, toEnd);
    }

    /**
     * A pattern of SIMILAR TO, which the whole text has to match.
     *
     * @param escape one code point, or empty for none
     * @throws AquiferException INVALID_ARGUMENT if either is malformed, or the automaton would be too large
     */
    public static Regex similarTo(Bytes pattern, Bytes escape) {
        return new Regex(SimilarParser.parse(pattern, escape), true);
    }

    /**
     * A regular expression, which some part of the text has to match.
     *
     * @param flags letters: {@code i} ignores case, as ILIKE does, and {@code c} does not; {@code n} or {@code m} makes line
     *     feeds special to {@code .}, negated brackets, {@code ^} and {@code $}, {@code p} to the first two, {@code w} to the
     *     others, {@code s} to none. A later letter counts more.
     * @throws AquiferException INVALID_ARGUMENT if either is malformed, or the automaton would be too large
     */
    public static Regex search(Bytes expression, Bytes flags) {
        return new Regex(RegexParser.parse(expression, flags), false);
    }

    private static List<Node> partsOf(Node pattern) {
        return pattern instanceof Node.Sequence sequence ? sequence.parts() : List.of(pattern);
    }

    private static boolean isAnything(@Nullable Node node) {
        return Node.ANYTHING.equals(node);
    }

    private static boolean asserts(@Nullable Node node, Node.Assertion.Kind kind) {
        return node instanceof Node.Assertion assertion && assertion.kind() == kind;
    }

    public Node body() {
        return body;
    }

    /** Whether the body has to match from the start of the text. */
    public boolean fromStart() {
        return fromStart;
    }

    /** Whether the body has to match to the end of the text. */
    public boolean toEnd() {
        return toEnd;
    }

    Nfa nfa() {
        return nfa;
    }
}
