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
    private final int classCount;
    private final int maxKept;
    private final Map<Determinizer.Set, Integer> numbers = new HashMap<>();
    private Determinizer.Set[] sets = new Determinizer.Set[8];
    /** The state after a state and a class of bytes; one column more tells whether to accept at the end. */
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
        this.classCount = automaton.classCount();
        this.maxKept = maxKept;
        forget();
    }

    /** Whether a text matches, which need not be well-formed. */
    public boolean matches(byte[] data, int from, int to) {
        int ascii = WellFormed.asciiUntil(data, from, to);
        if (ascii < to && WellFormed.until(data, ascii, to) < to) {
            copy = copy.length < to - from ? new byte[2 * (to - from)] : copy;
            WellFormed.mark(data, from, to, copy);
            return run(copy, 0, to - from);
        }
        return run(data, from, to);
    }

    private boolean run(byte[] data, int from, int to) {
        int columns = classCount + 1;
        int state = start;
        if (state < FIRST) {
            return state == ACCEPTED;
        }
        for (int at = from; at < to; at++) {
            int byteClass = classes[data[at] & 0xff] & 0xff;
            int then = next[state * columns + byteClass];
            if (then < FIRST) {
                then = then == UNKNOWN ? step(state, byteClass) : then;
                if (then < FIRST) {
                    return then == ACCEPTED;
                }
            }
            state = then;
        }
        int then = next[state * columns + classCount];
        return (then == UNKNOWN ? end(state) : then) == ACCEPTED;
    }

    private int step(int state, int byteClass) {
        steps++;
        Determinizer.Set set = automaton.step(sets[state], byteClass);
        if (needs(set)) {
            forget();
            // The state that was left is not known any more, so its step cannot be noted.
            return number(set);
        }
        int then = number(set);
        next[state * (classCount + 1) + byteClass] = then;
        return then;
    }

    private int end(int state) {
        steps++;
        int then = automaton.acceptsAtEnd(sets[state]) ? ACCEPTED : DEAD;
        next[state * (classCount + 1) + classCount] = then;
        return then;
    }

    /** Whether a set is new and there is no room for it. */
    private boolean needs(Determinizer.Set set) {
        return !numbers.containsKey(set) && kept + cost(set) > maxKept && numbers.size() > FIRST;
    }

    private int cost(Determinizer.Set set) {
        return classCount + 1 + set.states().length;
    }

    private int number(Determinizer.Set set) {
        Integer known = numbers.get(set);
        if (known != null) {
            return known;
        }
        int number = FIRST + numbers.size() - 2;
        if (number == sets.length) {
            sets = Arrays.copyOf(sets, 2 * number);
        }
        int columns = classCount + 1;
        if ((number + 1) * columns > next.length) {
            next = Arrays.copyOf(next, Math.max(2 * next.length, 8 * columns));
        }
        sets[number] = set;
        numbers.put(set, number);
        kept += cost(set);
        return number;
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
        start = automaton.acceptsNow(first) ? ACCEPTED : number(first);
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
