package dev.aquifer.spi.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aquifer.spi.type.Bytes;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8RangesTest {
    private static final long SEED = 5L;
    private static final int[] BORDERS = {0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x1_0000, 0x10_ffff};

    @Test
    void everyCodePointIsInOneSequenceExactlyIfItIsInTheSet() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 20; i++) {
            CodePointSet set = CodePointSet.NONE;
            for (int run = random.nextInt(6); run >= 0; run--) {
                int first = point(random);
                set = set.union(CodePointSet.range(first, Math.max(first, point(random))));
            }
            set = random.nextBoolean() ? set.complement() : set;
            List<int[]> sequences = Utf8Ranges.of(set);
            for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint += 1 + random.nextInt(40)) {
                check(set, sequences, codePoint);
            }
            for (int border : BORDERS) {
                check(set, sequences, border);
            }
        }
    }

    private static void check(CodePointSet set, List<int[]> sequences, int codePoint) {
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            return;
        }
        byte[] bytes = Bytes.utf8(Character.toString(codePoint)).array();
        long in = sequences.stream().filter(sequence -> takes(sequence, bytes)).count();
        assertEquals(
                set.contains(codePoint) ? 1 : 0, in, Integer.toHexString(codePoint) + " in " + set + ", seed " + SEED);
    }

    private static boolean takes(int[] sequence, byte[] bytes) {
        boolean takes = sequence.length == 2 * bytes.length;
        for (int i = 0; takes && i < bytes.length; i++) {
            takes = (bytes[i] & 0xff) >= sequence[2 * i] && (bytes[i] & 0xff) <= sequence[2 * i + 1];
        }
        return takes;
    }

    private static int point(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x80);
            case 1 -> random.nextInt(0x1000);
            case 2 -> random.nextInt(Character.MAX_CODE_POINT + 1);
            default -> BORDERS[random.nextInt(BORDERS.length)];
        };
    }
}
