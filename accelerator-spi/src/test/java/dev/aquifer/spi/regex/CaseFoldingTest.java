package dev.aquifer.spi.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aquifer.spi.reference.LikePattern;
import dev.aquifer.spi.type.Bytes;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CaseFoldingTest {
    private static final long SEED = 3L;

    /** For every code point that has another case: the same are equal to it as ILIKE has it. */
    @Test
    void isThatOfIlike() {
        SplittableRandom random = new SplittableRandom(SEED);
        int cased = 0;
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            boolean hasCases = Character.toLowerCase(codePoint) != codePoint
                    || Character.toUpperCase(codePoint) != codePoint
                    || Character.toTitleCase(codePoint) != codePoint;
            if (!hasCases) {
                continue;
            }
            cased++;
            CodePointSet equal = CaseFolding.close(CodePointSet.of(codePoint));
            LikePattern ilike = LikePattern.parse(Bytes.utf8(Character.toString(codePoint)), Bytes.EMPTY, true);
            int[] others = {
                codePoint,
                Character.toLowerCase(codePoint),
                Character.toUpperCase(codePoint),
                Character.toTitleCase(codePoint),
                codePoint + 1,
                codePoint + 32,
                random.nextInt(0xd800)
            };
            for (int other : others) {
                byte[] lower = Bytes.utf8(Character.toString(Character.toLowerCase(other)))
                        .array();
                assertEquals(
                        ilike.matches(lower, 0, lower.length),
                        equal.contains(other),
                        Integer.toHexString(codePoint) + " and " + Integer.toHexString(other) + ", seed " + SEED);
            }
        }
        assertEquals(true, cased > 2_000);
    }
}
