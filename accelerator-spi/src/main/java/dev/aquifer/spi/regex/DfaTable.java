package dev.aquifer.spi.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole deterministic automaton as a table, for devices that take it as a constant. To match a text: begin in {@link #start()},
 * go to {@code next(state, classOf(byte))} for each byte, and accept if {@code accepts(state)} at the end. {@link #DEAD} and {@link
 * #ACCEPTED} are never left, so one may stop there.
 *
 * <p>The text has to be well-formed UTF-8, or have {@code 0xff} in the place of each malformed byte. Immutable.
 */
public final class DfaTable {
    public static final int DEAD = 0;
    public static final int ACCEPTED = 1;

    private final byte[] classes;
    private final int classCount;
    private final int[] next;
    private final boolean[] accepts;
    private final int start;

    private DfaTable(byte[] classes, int classCount, int[] next, boolean[] accepts, int start) {
        this.classes = classes;
        this.classCount = classCount;
        this.next = next;
        this.accepts = accepts;
        this.start = start;
    }

    /** The table of a pattern, or null where it would have more states than {@code maxStates}, which is at least 3. */
    public static @Nullable DfaTable of(Regex regex, int maxStates) {
        Determinizer automaton = new Determinizer(regex.nfa());
        int classCount = automaton.classCount();
        Map<Determinizer.Set, Integer> numbers = new HashMap<>();
        List<Determinizer.Set> sets = new ArrayList<>(List.of(Determinizer.DEAD, Determinizer.ACCEPTED));
        numbers.put(Determinizer.DEAD, DEAD);
        numbers.put(Determinizer.ACCEPTED, ACCEPTED);
        Determinizer.Set first = automaton.start();
        int start = automaton.acceptsNow(first) ? ACCEPTED : 2;
        if (start != ACCEPTED) {
            numbers.put(first, start);
            sets.add(first);
        }
        List<int[]> rows = new ArrayList<>();
        for (int state = 0; state < sets.size(); state++) {
            int[] row = new int[classCount];
            for (int byteClass = 0; byteClass < classCount; byteClass++) {
                if (state == DEAD || state == ACCEPTED) {
                    row[byteClass] = state;
                    continue;
                }
                Determinizer.Set then = automaton.step(sets.get(state), byteClass);
                Integer number = numbers.get(then);
                if (number == null) {
                    number = sets.size();
                    if (number == maxStates) {
                        return null;
                    }
                    numbers.put(then, number);
                    sets.add(then);
                }
                row[byteClass] = number;
            }
            rows.add(row);
        }
        boolean[] accepts = new boolean[sets.size()];
        for (int state = 0; state < accepts.length; state++) {
            accepts[state] = state == ACCEPTED || state != DEAD && automaton.acceptsAtEnd(sets.get(state));
        }
        int[] next = rows.stream().flatMapToInt(Arrays::stream).toArray();
        return new DfaTable(automaton.classes().clone(), classCount, next, accepts, start);
    }

    /** How many states there are, {@link #DEAD} and {@link #ACCEPTED} included. */
    public int states() {
        return accepts.length;
    }

    /** How many classes of bytes there are, 256 at most. */
    public int classCount() {
        return classCount;
    }

    /** The class of a byte, from 0. */
    public int classOf(byte value) {
        return classes[value & 0xff] & 0xff;
    }

    public int start() {
        return start;
    }

    public int next(int state, int byteClass) {
        return next[state * classCount + byteClass];
    }

    /** Whether a text that ends in the state is accepted. */
    public boolean accepts(int state) {
        return accepts[state];
    }
}
