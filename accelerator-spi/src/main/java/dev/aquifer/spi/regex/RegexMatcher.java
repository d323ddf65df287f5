package dev.aquifer.spi.regex;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Matches texts by a deterministic automaton that is made while it runs: a step that was made before is one look into a table.
 * What is kept is bounded; past that it is forgotten and made again. So the time is linear in the text, with a factor that depends
 * on the pattern at worst, and the memory is bounded, whatever pattern and text. Not thread-safe.
 */
public final class RegexMatcher {
    /** Numbers kept in the table and the sets behind it, where no single step needs more. */
    private static final int MAX_KEPT = 1 << 18;

    private static final int UNKNOWN = 0;
    private static final int DEAD = 1;
    private static final int ACCEPTED = 2;
    private static final int FIRST = 3;

    private final Determinizer automaton;
    private final byte[] classes;
    /** Columns of the table: one for each class of bytes, and one that tells whether to accept at the end. */
    private final int columns;

    private final int accepted;
    private final int maxKept;
    private final Map<Determinizer.Set, Integer> numbers = new HashMap<>();
    private Determinizer.Set[] sets = new Determinizer.Set[8];
    /** By the row of a state and a column, the row of the state that follows: rows are told by where they begin. */
    private int[] next = new int[0];

    private int kept;
    private int start;
    private byte[] copy = new byte[0];
    private long steps;
    private int forgotten;

    public RegexMatcher(Regex regex) {
        this(regex, MAX_KEPT);
    }

    RegexMatcher(Regex regex, int maxKept) {
        this.automaton = new Determinizer(regex.nfa());
        this.classes = automaton.classes();
        this.columns = automaton.classCount() + 1;
        this.accepted = ACCEPTED * columns;
        this.maxKept = maxKept;
        forget();
    }

    /** Whether a text matches, which need not be well-formed. */
    public boolean matches(byte[] data, int from, int to) {
        int ascii = WellFormed.asciiUntil(data, from, to);
        if (ascii < to && WellFormed.until(data, ascii, to) < to) {
            copy = copy.length < to - from ? new byte[to - from] : copy;
            WellFormed.mark(data, from, to, copy);
            return run(copy, 0, to - from);
        }
        return run(data, from, to);
    }

    private boolean run(byte[] data, int from, int to) {
        int special = FIRST * columns;
        int state = start;
        if (state < special) {
            return state == accepted;
        }
        byte[] classOf = classes;
        int[] table = next;
        for (int at = from; at < to; at++) {
            int byteClass = classOf[data[at] & 0xff] & 0xff;
            int then = table[state + byteClass];
            if (then < special) {
                then = then == UNKNOWN ? step(state, byteClass) : then;
                if (then < special) {
                    return then == accepted;
                }
                table = next;
            }
            state = then;
        }
        int then = table[state + columns - 1];
        return (then == UNKNOWN ? end(state) : then) == accepted;
    }

    private int step(int state, int byteClass) {
        steps++;
        Determinizer.Set set = automaton.step(sets[state / columns], byteClass);
        if (needs(set)) {
            forget();
            // The state that was left is not known any more, so its step cannot be noted.
            return row(set);
        }
        int then = row(set);
        next[state + byteClass] = then;
        return then;
    }

    private int end(int state) {
        steps++;
        int then = automaton.acceptsAtEnd(sets[state / columns]) ? accepted : DEAD * columns;
        next[state + columns - 1] = then;
        return then;
    }

    /** Whether a set is new and there is no room for it. */
    private boolean needs(Determinizer.Set set) {
        return !numbers.containsKey(set) && kept + cost(set) > maxKept && numbers.size() > FIRST;
    }

    private int cost(Determinizer.Set set) {
        return columns + set.states().length;
    }

    /** Where the row of a set begins, which is made if it is new. */
    private int row(Determinizer.Set set) {
        Integer known = numbers.get(set);
        if (known != null) {
            return known * columns;
        }
        int number = FIRST + numbers.size() - 2;
        if (number == sets.length) {
            sets = Arrays.copyOf(sets, 2 * number);
        }
        if ((number + 1) * columns > next.length) {
            next = Arrays.copyOf(next, Math.max(2 * next.length, 8 * columns));
        }
        sets[number] = set;
        numbers.put(set, number);
        kept += cost(set);
        return number * columns;
    }

    private void forget() {
        forgotten++;
        numbers.clear();
        numbers.put(Determinizer.DEAD, DEAD);
        numbers.put(Determinizer.ACCEPTED, ACCEPTED);
        Arrays.fill(next, UNKNOWN);
        Arrays.fill(sets, null);
        kept = 0;
        Determinizer.Set first = automaton.start();
        start = automaton.acceptsNow(first) ? accepted : row(first);
    }

    /** Steps that were made, not looked up. */
    long steps() {
        return steps;
    }

    /** States of the pattern's automaton that were looked at to make them. */
    long visits() {
        return automaton.visits();
    }

    /** How often everything was forgotten, not counting the beginning. */
    int forgotten() {
        return forgotten - 1;
    }

    /** Numbers kept now. */
    int kept() {
        return kept;
    }
}
