package dev.aquifer.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aquifer.spi.reference.LikePattern;
import dev.aquifer.spi.type.Bytes;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LikeMatcherTest {
    private static final long SEED = 77L;
    private static final String[] PIECES = {"a", "b", "ab", "é", "水", "%", "%", "_", "😀"};
    private static final byte[][] TEXT_PIECES = {
        {'a'},
        {'b'},
        {'a', 'b'},
        {(byte) 0xc3, (byte) 0xa9},
        {(byte) 0xe6, (byte) 0xb0, (byte) 0xb4},
        // Cut short, or no beginning of anything: every run of bytes is a text.
        {(byte) 0xe6, (byte) 0xb0},
        {(byte) 0xa9},
        {(byte) 0xff}
    };

    /** Short alphabets make patterns match, nearly match, and match at more than one place. */
    @Test
    void everyShapeMatchesAsTheReferenceDoes() {
        SplittableRandom random = new SplittableRandom(SEED);
        int matched = 0;
        for (int i = 0; i < 40_000; i++) {
            Bytes pattern = pattern(random);
            byte[] text = text(random);
            boolean expected = LikePattern.parse(pattern, Bytes.EMPTY, false).matches(text, 3, text.length - 2);
            boolean actual = LikeMatcher.parse(pattern, Bytes.EMPTY, false).matches(text, 3, text.length - 2);
            assertEquals(expected, actual, "'" + pattern + "' over " + Bytes.of(text) + ", seed " + SEED);
            matched += expected ? 1 : 0;
        }
        // Else the test would compare one answer only.
        assertEquals(true, matched > 2_000 && matched < 38_000, "matched " + matched);
    }

    private static Bytes pattern(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return Bytes.utf8(text.toString());
    }

    /** Three bytes before and two after belong to other rows, and must not be seen. */
    private static byte[] text(SplittableRandom random) {
        byte[] text = new byte[3 + 60 + 2];
        int length = 3;
        text[0] = 'a';
        text[1] = 'b';
        text[2] = 'a';
        for (int i = random.nextInt(14); i > 0; i--) {
            byte[] piece = TEXT_PIECES[random.nextInt(TEXT_PIECES.length)];
            System.arraycopy(piece, 0, text, length, piece.length);
            length += piece.length;
        }
        text[length] = 'a';
        text[length + 1] = 'b';
        return Arrays.copyOf(text, length + 2);
    }

    @Test
    void aNeedleIsFoundAtItsFirstPlaceWhereverItIs() {
        byte[] needle = {'x', 'y', 'x'};
        for (int length = 0; length < 40; length++) {
            for (int at = 0; at + needle.length <= length; at++) {
                byte[] data = new byte[length + 5];
                Arrays.fill(data, (byte) 'x');
                System.arraycopy(needle, 0, data, 2 + at, needle.length);
                assertEquals(2 + at, ByteSearch.find(data, 2, 2 + length, needle, 0, needle.length));
                assertEquals(-1, ByteSearch.find(data, 2, 2 + at + 2, needle, 0, needle.length));
            }
        }
    }
}
