package dev.aquifer.spi.regex;

import java.util.List;

/**
 * A nondeterministic automaton over the bytes of a text in UTF-8, in which the byte {@link #MALFORMED} stands for each malformed
 * one. State 0 accepts. Every other state is of one form:
 *
 * <ul>
 *   <li>bytes: triples (least byte, greatest byte, next state), whose ranges do not overlap;
 *   <li>split: next states, reached without a byte;
 *   <li>assertion: the bit of an {@link Node.Assertion.Kind}, and the next state, reached without a byte where it holds.
 * </ul>
 */
final class Nfa {
    enum Form {
        ACCEPT,
        BYTES,
        SPLIT,
        ASSERTION
    }

    /** No well-formed text has this byte. */
    static final int MALFORMED = 0xff;

    static final int ACCEPT = 0;

    private final Form[] forms;
    private final int[][] states;
    private final int start;
    private final boolean toEnd;
    private final int assertions;

    /**
     * @param toEnd whether to accept counts at the end of the text only
     * @param assertions the kinds there are, as a set of their bits
     */
    Nfa(List<Form> forms, List<int[]> states, int start, boolean toEnd, int assertions) {
        this.forms = forms.toArray(Form[]::new);
        this.states = states.toArray(int[][]::new);
        this.start = start;
        this.toEnd = toEnd;
        this.assertions = assertions;
    }

    int size() {
        return states.length;
    }

    Form form(int state) {
        return forms[state];
    }

    int[] edges(int state) {
        return states[state];
    }

    int start() {
        return start;
    }

    boolean toEnd() {
        return toEnd;
    }

    boolean has(Node.Assertion.Kind kind) {
        return kind.in(assertions);
    }

    boolean hasAssertions() {
        return assertions != 0;
    }
}
