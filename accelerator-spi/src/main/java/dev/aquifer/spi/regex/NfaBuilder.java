package dev.aquifer.spi.regex;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Syntax tree to automaton, from the end to the start: each part is made when the state that follows it is known. */
final class NfaBuilder {
    /** Numbers that hold a pattern's states; more is refused. What repetitions in repetitions could ask for has no bound. */
    static final int MAX_EDGES = 1 << 17;

    private final List<Nfa.Form> forms = new ArrayList<>();
    private final List<int[]> states = new ArrayList<>();
    private final Map<List<Integer>, Integer> byteStates = new HashMap<>();
    private final Map<CodePointSet, List<int[]>> sequences = new HashMap<>();
    private int assertions;
    private int edges;

    private NfaBuilder() {}

    /** @throws AquiferException INVALID_ARGUMENT if it would have more than {@value #MAX_EDGES} edges */
    static Nfa build(Node body, boolean fromStart, boolean toEnd) {
        NfaBuilder builder = new NfaBuilder();
        int accept = builder.state(Nfa.Form.ACCEPT);
        int start = builder.node(body, accept);
        if (!fromStart) {
            start = builder.search(start);
        }
        return new Nfa(builder.forms, builder.states, start, toEnd, builder.assertions);
    }

    /**
     * Begins anywhere. No character begins within another, so skipping single bytes is right, and makes fewer states; but between
     * any bytes an assertion could hold.
     */
    private int search(int start) {
        int loop = state(Nfa.Form.SPLIT);
        int skip = assertions != 0 ? chars(CodePointSet.ANY, loop) : state(Nfa.Form.BYTES, 0, 0xff, loop);
        states.set(loop, new int[] {skip, start});
        return loop;
    }

    private int state(Nfa.Form form, int... numbers) {
        charge(numbers.length);
        forms.add(form);
        states.add(numbers);
        return states.size() - 1;
    }

    /** Counts what is made and, as that may be nothing, each visit to a node too. */
    private void charge(int more) {
        edges += more + 1;
        if (edges > MAX_EDGES) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the pattern needs an automaton of more than " + MAX_EDGES
                            + " edges: ask for fewer repetitions, or of smaller things");
        }
    }

    /** The state from which the node, and then what follows {@code next}, is matched. */
    private int node(Node node, int next) {
        charge(0);
        return switch (node) {
            case Node.Chars chars -> chars(chars.set(), next);
            case Node.Sequence sequence -> {
                int from = next;
                for (Node part : sequence.parts().reversed()) {
                    from = node(part, from);
                }
                yield from;
            }
            case Node.Alternation alternation -> {
                int[] branches = alternation.branches().stream()
                        .mapToInt(branch -> node(branch, next))
                        .toArray();
                yield state(Nfa.Form.SPLIT, branches);
            }
            case Node.Repeat repeat -> repeat(repeat, next);
            case Node.Assertion assertion -> {
                assertions |= assertion.kind().bit();
                yield state(Nfa.Form.ASSERTION, assertion.kind().bit(), next);
            }
        };
    }

    private int repeat(Node.Repeat repeat, int next) {
        int from = next;
        if (repeat.max() == Node.Repeat.UNBOUNDED) {
            from = state(Nfa.Form.SPLIT);
            int body = node(repeat.body(), from);
            states.set(from, new int[] {body, next});
            charge(2);
        } else {
            // x{0,2} is (x(x)?)?, not x?x?, so that fewer states are live at once.
            for (int i = repeat.min(); i < repeat.max(); i++) {
                from = state(Nfa.Form.SPLIT, node(repeat.body(), from), next);
            }
        }
        for (int i = 0; i < repeat.min(); i++) {
            from = node(repeat.body(), from);
        }
        return from;
    }

    private int chars(CodePointSet set, int next) {
        List<int[]> ranges = sequences.computeIfAbsent(set, Utf8Ranges::of);
        return ranges.isEmpty() ? state(Nfa.Form.BYTES) : trie(ranges, 0, ranges.size(), 0, next);
    }

    /** Sequences {@code from} to {@code to}, which are equal before byte {@code depth}. Equal ends of them are shared. */
    private int trie(List<int[]> sequences, int from, int to, int depth, int next) {
        List<Integer> state = new ArrayList<>();
        int at = from;
        while (at < to) {
            int[] sequence = sequences.get(at);
            int low = sequence[2 * depth];
            int end = at + 1;
            while (end < to && sequences.get(end)[2 * depth] == low) {
                end++;
            }
            int target = sequence.length == 2 * depth + 2 ? next : trie(sequences, at, end, depth + 1, next);
            int last = state.size();
            // Neighbours with one target are one range.
            if (last > 0 && state.get(last - 1) == target && state.get(last - 2) == low - 1) {
                state.set(last - 2, sequence[2 * depth + 1]);
            } else {
                state.addAll(List.of(low, sequence[2 * depth + 1], target));
            }
            at = end;
        }
        Integer known = byteStates.get(state);
        if (known != null) {
            charge(0);
            return known;
        }
        int made =
                state(Nfa.Form.BYTES, state.stream().mapToInt(Integer::intValue).toArray());
        byteStates.put(state, made);
        return made;
    }
}
