package dev.aquifer.spi.regex;

import java.util.Arrays;

/**
 * The subset construction: states of a deterministic automaton are sets of an {@link Nfa}'s, made when they are asked for. Bytes
 * that no state tells apart are one class. Not thread-safe.
 *
 * <p>Whether an assertion holds depends on the character before and the one behind, so a set keeps its assertions until the next
 * byte is known, and says what kind of byte came before. (RE2 does the same.)
 */
final class Determinizer {
    /** What a step may give besides a set. */
    static final Set DEAD = new Set(new int[0], 0);

    static final Set ACCEPTED = new Set(new int[] {Nfa.ACCEPT}, -1);

    /** Contexts: what stands before. Only what an assertion of the automaton asks for is kept. */
    private static final int AT_START = 1;

    private static final int AFTER_NEWLINE = 2;
    private static final int AFTER_WORD = 4;

    /**
     * States of the automaton in order: only those that wait for a byte or an assertion, and the accepting one.
     *
     * @param context what stands before
     */
    record Set(int[] states, int context) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Set that && context == that.context && Arrays.equals(states, that.states);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(states) + context;
        }

        @Override
        public String toString() {
            return Arrays.toString(states) + " after " + context;
        }
    }

    private final Nfa nfa;
    private final byte[] classes = new byte[256];
    private final int classCount;
    private final int[] representatives;
    private final boolean lines;
    private final boolean words;
    private final int[] seen;
    private int generation;
    private int[] pending = new int[16];
    private int pendingCount;
    private int[] found;
    private int foundCount;
    private long visits;

    Determinizer(Nfa nfa) {
        this.nfa = nfa;
        this.lines = nfa.has(Node.Assertion.Kind.LINE_START) || nfa.has(Node.Assertion.Kind.LINE_END);
        this.words = nfa.has(Node.Assertion.Kind.WORD_BORDER) || nfa.has(Node.Assertion.Kind.NO_WORD_BORDER);
        boolean[] begins = borders();
        int[] firsts = new int[256];
        int count = 0;
        for (int value = 0; value < 256; value++) {
            if (begins[value]) {
                firsts[count++] = value;
            }
            classes[value] = (byte) (count - 1);
        }
        this.classCount = count;
        this.representatives = Arrays.copyOf(firsts, count);
        this.seen = new int[nfa.size()];
        this.found = new int[16];
    }

    /** The bytes at which a class begins. */
    private boolean[] borders() {
        boolean[] begins = new boolean[257];
        begins[0] = true;
        for (int state = 0; state < nfa.size(); state++) {
            if (nfa.form(state) == Nfa.Form.BYTES) {
                int[] edges = nfa.edges(state);
                for (int i = 0; i < edges.length; i += 3) {
                    begins[edges[i]] = true;
                    begins[edges[i + 1] + 1] = true;
                }
            }
        }
        if (lines) {
            begins['\n'] = true;
            begins['\n' + 1] = true;
        }
        for (int run = 0; words && run < CodePointSet.WORD.runs(); run++) {
            begins[CodePointSet.WORD.first(run)] = true;
            begins[CodePointSet.WORD.last(run) + 1] = true;
        }
        return begins;
    }

    /** The class of each byte, from 0; to be read as unsigned. */
    byte[] classes() {
        return classes;
    }

    int classCount() {
        return classCount;
    }

    /** States looked at so far: the work of all steps. */
    long visits() {
        return visits;
    }

    Set start() {
        begin();
        reach(nfa.start(), 0, AT_START);
        return finish(AT_START);
    }

    /** The set after a byte of a class. */
    Set step(Set set, int byteClass) {
        int value = representatives[byteClass];
        // Lead bytes of longer characters and the bytes behind them are neither words nor line feeds.
        Set now = nfa.hasAssertions() ? resolve(set, value) : set;
        if (!nfa.toEnd() && accepts(now)) {
            return ACCEPTED;
        }
        int context = (lines && value == '\n' ? AFTER_NEWLINE : 0)
                | (words && CodePointSet.WORD.contains(value) ? AFTER_WORD : 0);
        begin();
        for (int state : now.states()) {
            if (nfa.form(state) == Nfa.Form.BYTES) {
                int target = target(nfa.edges(state), value);
                if (target >= 0) {
                    reach(target, 0, context);
                }
            }
        }
        Set next = finish(context);
        if (next.states().length == 0) {
            return DEAD;
        }
        return !nfa.toEnd() && accepts(next) ? ACCEPTED : next;
    }

    /** Whether a text that ends here is accepted. */
    boolean acceptsAtEnd(Set set) {
        return accepts(nfa.hasAssertions() ? resolve(set, -1) : set);
    }

    /** Whether every text is accepted that gets here. */
    boolean acceptsNow(Set set) {
        return !nfa.toEnd() && accepts(set);
    }

    private static boolean accepts(Set set) {
        return set.states().length > 0 && set.states()[0] == Nfa.ACCEPT;
    }

    private static int target(int[] edges, int value) {
        for (int i = 0; i < edges.length; i += 3) {
            if (value >= edges[i] && value <= edges[i + 1]) {
                return edges[i + 2];
            }
        }
        return -1;
    }

    /** The set once it is known what comes: -1 for the end. */
    private Set resolve(Set set, int after) {
        int before = (set.context() & AT_START) != 0
                ? -1
                : (set.context() & AFTER_NEWLINE) != 0 ? '\n' : (set.context() & AFTER_WORD) != 0 ? 'a' : ' ';
        int holding = Node.Assertion.Kind.holding(before, after);
        begin();
        for (int state : set.states()) {
            reach(state, holding, set.context());
        }
        return finish(set.context());
    }

    private void begin() {
        if (++generation == Integer.MAX_VALUE) {
            Arrays.fill(seen, 0);
            generation = 1;
        }
        foundCount = 0;
    }

    /** Adds the states that are reached without a byte. */
    private void reach(int state, int holding, int context) {
        push(state);
        while (pendingCount > 0) {
            int next = pending[--pendingCount];
            visits++;
            int[] edges = nfa.edges(next);
            switch (nfa.form(next)) {
                case ACCEPT, BYTES -> found(next);
                case SPLIT -> {
                    for (int target : edges) {
                        push(target);
                    }
                }
                case ASSERTION -> {
                    if ((holding & edges[0]) != 0) {
                        push(edges[1]);
                    } else if (edges[0] != Node.Assertion.Kind.TEXT_START.bit() || context == AT_START) {
                        found(next);
                    }
                }
            }
        }
    }

    private void push(int state) {
        if (seen[state] == generation) {
            return;
        }
        seen[state] = generation;
        if (pendingCount == pending.length) {
            pending = Arrays.copyOf(pending, 2 * pendingCount);
        }
        pending[pendingCount++] = state;
    }

    private void found(int state) {
        if (foundCount == found.length) {
            found = Arrays.copyOf(found, 2 * foundCount);
        }
        found[foundCount++] = state;
    }

    private Set finish(int context) {
        int[] states = Arrays.copyOf(found, foundCount);
        Arrays.sort(states);
        return new Set(states, context);
    }
}
