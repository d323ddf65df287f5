package dev.aquifer.spi.regex;

import java.util.Arrays;

/**
 * An immutable set of code points, in which {@link #MALFORMED} may be too. Surrogates may be in a set and mean nothing: no text
 * in UTF-8 has them.
 */
public final class CodePointSet {
    /** Stands for any byte of a text that is part of no well-formed sequence: a character equal to no other. */
    public static final int MALFORMED = Character.MAX_CODE_POINT + 1;

    public static final CodePointSet ANY = new CodePointSet(new int[] {0, MALFORMED});
    static final CodePointSet NONE = new CodePointSet(new int[0]);
    static final CodePointSet NEWLINE = range('\n', '\n');
    static final CodePointSet DIGIT = range('0', '9');
    static final CodePointSet WORD =
            DIGIT.union(range('a', 'z')).union(range('A', 'Z')).union(range('_', '_'));
    static final CodePointSet SPACE = range('\t', '\r').union(range(' ', ' '));

    /** First and last of each run, ascending; runs neither overlap nor touch. */
    private final int[] bounds;

    private CodePointSet(int[] bounds) {
        this.bounds = bounds;
    }

    static CodePointSet range(int first, int last) {
        return new CodePointSet(new int[] {first, last});
    }

    static CodePointSet of(int codePoint) {
        return range(codePoint, codePoint);
    }

    /** How many runs of code points there are; run {@code i} is {@link #first(int)} to {@link #last(int)}. */
    public int runs() {
        return bounds.length / 2;
    }

    public int first(int run) {
        return bounds[2 * run];
    }

    public int last(int run) {
        return bounds[2 * run + 1];
    }

    /** How many code points there are. */
    int size() {
        int size = 0;
        for (int run = 0; run < runs(); run++) {
            size += last(run) - first(run) + 1;
        }
        return size;
    }

    public boolean contains(int codePoint) {
        int low = 0;
        int high = runs() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (codePoint < first(middle)) {
                high = middle - 1;
            } else if (codePoint > last(middle)) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    CodePointSet union(CodePointSet other) {
        int[] merged = new int[bounds.length + other.bounds.length];
        int length = 0;
        int left = 0;
        int right = 0;
        while (left < runs() || right < other.runs()) {
            boolean takesLeft = right == other.runs() || left < runs() && first(left) <= other.first(right);
            int first = takesLeft ? first(left) : other.first(right);
            int last = takesLeft ? last(left++) : other.last(right++);
            if (length > 0 && first <= merged[length - 1] + 1) {
                merged[length - 1] = Math.max(merged[length - 1], last);
            } else {
                merged[length++] = first;
                merged[length++] = last;
            }
        }
        return new CodePointSet(Arrays.copyOf(merged, length));
    }

    /** Everything else, a malformed byte included. */
    CodePointSet complement() {
        int[] rest = new int[bounds.length + 2];
        int length = 0;
        int next = 0;
        for (int run = 0; run < runs(); run++) {
            if (first(run) > next) {
                rest[length++] = next;
                rest[length++] = first(run) - 1;
            }
            next = last(run) + 1;
        }
        if (next <= MALFORMED) {
            rest[length++] = next;
            rest[length++] = MALFORMED;
        }
        return new CodePointSet(Arrays.copyOf(rest, length));
    }

    CodePointSet minus(CodePointSet other) {
        return complement().union(other).complement();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodePointSet that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** The runs in hexadecimal, as {@code [61-7a e9]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int run = 0; run < runs(); run++) {
            text.append(run == 0 ? "" : " ").append(Integer.toHexString(first(run)));
            if (last(run) > first(run)) {
                text.append('-').append(Integer.toHexString(last(run)));
            }
        }
        return text.append(']').toString();
    }
}
