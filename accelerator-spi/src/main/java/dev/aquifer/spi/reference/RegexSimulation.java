package dev.aquifer.spi.reference;

import dev.aquifer.spi.regex.CodePointSet;
import dev.aquifer.spi.regex.Node;
import dev.aquifer.spi.regex.Regex;
import dev.aquifer.spi.type.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Matches a pattern by following, character by character, all ways through its syntax tree at once: time is that of the text times
 * that of the pattern, at worst. Immutable and thread-safe.
 */
final class RegexSimulation {
    /** A place in the tree: what is to be matched from there on. Places are told apart by identity; a loop leads back to one. */
    private sealed interface Place {}

    private record Accept() implements Place {}

    private record Step(CodePointSet set, Place next) implements Place {}

    private record Condition(Node.Assertion.Kind kind, Place next) implements Place {}

    private record Fork(List<Place> ways) implements Place {}

    private final Place start;
    private final boolean fromStart;
    private final boolean toEnd;

    RegexSimulation(Regex regex) {
        this.start = place(regex.body(), new Accept());
        this.fromStart = regex.fromStart();
        this.toEnd = regex.toEnd();
    }

    private static Place place(Node node, Place next) {
        return switch (node) {
            case Node.Chars chars -> new Step(chars.set(), next);
            case Node.Assertion assertion -> new Condition(assertion.kind(), next);
            case Node.Alternation alternation ->
                new Fork(alternation.branches().stream()
                        .map(branch -> place(branch, next))
                        .toList());
            case Node.Sequence sequence -> {
                Place from = next;
                for (Node part : sequence.parts().reversed()) {
                    from = place(part, from);
                }
                yield from;
            }
            case Node.Repeat repeat -> {
                Place from = next;
                if (repeat.max() == Node.Repeat.UNBOUNDED) {
                    List<Place> ways = new ArrayList<>();
                    from = new Fork(ways);
                    ways.add(place(repeat.body(), from));
                    ways.add(next);
                }
                for (int i = repeat.min(); i < repeat.max(); i++) {
                    from = new Fork(List.of(place(repeat.body(), from), next));
                }
                for (int i = 0; i < repeat.min(); i++) {
                    from = place(repeat.body(), from);
                }
                yield from;
            }
        };
    }

    /** Whether a text matches, which need not be well-formed. */
    boolean matches(Bytes text) {
        byte[] bytes = text.array();
        int end = text.length();
        Set<Place> places = none();
        int before = -1;
        for (int at = 0; at <= end; ) {
            int after = at == end ? -1 : character(bytes, at, end);
            if (at == 0 || !fromStart) {
                places.add(start);
            }
            Set<Place> reached = none();
            int holding = Node.Assertion.Kind.holding(before, after);
            places.forEach(place -> reach(place, holding, reached));
            if ((at == end || !toEnd) && reached.stream().anyMatch(Accept.class::isInstance)) {
                return true;
            }
            if (at == end) {
                return false;
            }
            places = none();
            for (Place place : reached) {
                if (place instanceof Step character && character.set().contains(after)) {
                    places.add(character.next());
                }
            }
            before = after;
            at += Utf8.length(bytes, at, end);
        }
        return false;
    }

    private static Set<Place> none() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static int character(byte[] bytes, int at, int end) {
        int codePoint = Utf8.codePoint(bytes, at, end);
        return codePoint < 0 ? CodePointSet.MALFORMED : codePoint;
    }

    /** Adds a place and all that are reached from it without a character. */
    private static void reach(Place place, int holding, Set<Place> reached) {
        Deque<Place> pending = new ArrayDeque<>(List.of(place));
        while (!pending.isEmpty()) {
            Place next = pending.pop();
            if (!reached.add(next)) {
                continue;
            }
            switch (next) {
                case Fork fork -> pending.addAll(fork.ways());
                case Condition condition -> {
                    if (condition.kind().in(holding)) {
                        pending.add(condition.next());
                    }
                }
                case Accept accept -> {}
                case Step character -> {}
            }
        }
    }
}
