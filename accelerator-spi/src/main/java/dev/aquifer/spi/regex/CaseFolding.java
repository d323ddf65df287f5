package dev.aquifer.spi.regex;

import java.util.Arrays;

/**
 * Equality without regard to case, as ILIKE has it: two code points are equal if {@link Character#toLowerCase(int)} of both is
 * the same.
 */
final class CaseFolding {
    private CaseFolding() {}

    /** The code points that are equal to one of the set. */
    static CodePointSet close(CodePointSet set) {
        int[] upper = Pairs.UPPER;
        int[] lower = Pairs.LOWER;
        CodePointSet closed = set;
        for (int i = 0; i < upper.length; i++) {
            if (set.contains(upper[i]) && !closed.contains(lower[i])) {
                closed = closed.union(CodePointSet.of(lower[i]));
            }
        }
        CodePointSet result = closed;
        for (int i = 0; i < upper.length; i++) {
            if (closed.contains(lower[i]) && !result.contains(upper[i])) {
                result = result.union(CodePointSet.of(upper[i]));
            }
        }
        return result;
    }

    /** All code points that are not their own lower case, in order, and what is. Made when first needed. */
    private static final class Pairs {
        private static final int[] UPPER = uppers();
        private static final int[] LOWER =
                Arrays.stream(UPPER).map(Character::toLowerCase).toArray();

        private static int[] uppers() {
            int[] found = new int[4096];
            int count = 0;
            for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
                if (Character.toLowerCase(codePoint) != codePoint) {
                    found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                    found[count++] = codePoint;
                }
            }
            return Arrays.copyOf(found, count);
        }
    }
}
