package dev.aquifer.spi.regex;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Sets of code points as sequences of byte ranges: a text of one code point is in the set exactly if its bytes are in the ranges
 * of one sequence, one after the other. At each place two sequences with the same beginning have the same range or ranges that do
 * not overlap. After K. Thompson's and R. Cox's "Regular Expression Matching: the Virtual Machine Approach" (2009).
 */
final class Utf8Ranges {
    private static final int[] LAST_BY_LENGTH = {0x7f, 0x7ff, 0xffff, Character.MAX_CODE_POINT};

    private final List<int[]> sequences = new ArrayList<>();

    private Utf8Ranges() {}

    /** Sequences in the order of their bytes, each as pairs (least, greatest). */
    static List<int[]> of(CodePointSet set) {
        Utf8Ranges ranges = new Utf8Ranges();
        for (int run = 0; run < set.runs(); run++) {
            ranges.add(set.first(run), Math.min(set.last(run), Character.MAX_CODE_POINT));
        }
        if (set.contains(CodePointSet.MALFORMED)) {
            ranges.sequences.add(new int[] {Nfa.MALFORMED, Nfa.MALFORMED});
        }
        return ranges.sequences;
    }

    private void add(int first, int last) {
        if (first > last) {
            return;
        }
        if (first <= Character.MAX_SURROGATE && last >= Character.MIN_SURROGATE) {
            add(first, Character.MIN_SURROGATE - 1);
            add(Character.MAX_SURROGATE + 1, last);
            return;
        }
        for (int end : LAST_BY_LENGTH) {
            if (first <= end && last > end) {
                add(first, end);
                add(end + 1, last);
                return;
            }
        }
        // Where the leading bytes differ, those behind have to be all that there are.
        for (int bits = 6; bits <= 18 && last > 0x7f; bits += 6) {
            int low = (1 << bits) - 1;
            if ((first & ~low) != (last & ~low)) {
                if ((first & low) != 0) {
                    add(first, first | low);
                    add((first | low) + 1, last);
                    return;
                }
                if ((last & low) != low) {
                    add(first, (last & ~low) - 1);
                    add(last & ~low, last);
                    return;
                }
            }
        }
        byte[] least = Character.toString(first).getBytes(StandardCharsets.UTF_8);
        byte[] greatest = Character.toString(last).getBytes(StandardCharsets.UTF_8);
        int[] sequence = new int[2 * least.length];
        for (int i = 0; i < least.length; i++) {
            sequence[2 * i] = least[i] & 0xff;
            sequence[2 * i + 1] = greatest[i] & 0xff;
        }
        sequences.add(sequence);
    }
}
