package dev.aquifer.spi.regex;

import dev.aquifer.spi.type.Bytes;
import java.util.List;

/**
 * Strings of bytes in the texts that match a pattern, for finding candidates before the automaton runs.
 *
 * @param beginnings every matching text begins with one of these; the empty string alone, where nothing is known
 * @param whole whether every matching text <em>is</em> one of the beginnings
 * @param required sets of strings, none empty; every matching text contains at least one string of each set. The set that is
 *     worth most to search for is the first: long strings, and few.
 * @param decides whether a text matches as soon as it contains one string of the first set of {@code required}
 */
public record Literals(List<Bytes> beginnings, boolean whole, List<List<Bytes>> required, boolean decides) {
    public Literals {
        beginnings = List.copyOf(beginnings);
        required = List.copyOf(required);
    }

    public static Literals of(Regex regex) {
        LiteralAnalysis.Facts facts = LiteralAnalysis.of(regex.body());
        boolean decides = facts.exact()
                && !facts.required().isEmpty()
                && !regex.fromStart()
                && !regex.toEnd()
                && !regex.nfa().hasAssertions();
        return new Literals(
                regex.fromStart() ? facts.prefixes() : List.of(Bytes.EMPTY),
                facts.exact() && regex.fromStart() && regex.toEnd(),
                facts.required(),
                decides);
    }

    /** The strings worth most to search for, one of which every matching text contains; empty where none are known. */
    public List<Bytes> best() {
        return required.isEmpty() ? List.of() : required.getFirst();
    }
}
