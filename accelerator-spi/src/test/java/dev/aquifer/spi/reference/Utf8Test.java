package dev.aquifer.spi.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** UTF-8 against the JDK's strict decoder. */
final class Utf8Test {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());

    private static boolean wellFormed(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void everyCodePointComesBack() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            byte[] bytes = new byte[4];
            int length = Utf8.encode(codePoint, bytes, 0);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                assertEquals(-1, Utf8.codePoint(bytes, 0, length));
                continue;
            }
            assertArrayEquals(
                    Character.toString(codePoint).getBytes(StandardCharsets.UTF_8), Arrays.copyOf(bytes, length));
            assertEquals(length, Utf8.length(bytes, 0, length));
            assertEquals(codePoint, Utf8.codePoint(bytes, 0, length));
        }
    }

    @Test
    void malformedIsWhatTheJdkRefuses() {
        Random random = new Random(SEED);
        byte[] alphabet = {
            0x41,
            (byte) 0x80,
            (byte) 0x8f,
            (byte) 0x90,
            (byte) 0x9f,
            (byte) 0xa0,
            (byte) 0xbf,
            (byte) 0xc0,
            (byte) 0xc2,
            (byte) 0xe0,
            (byte) 0xe1,
            (byte) 0xed,
            (byte) 0xef,
            (byte) 0xf0,
            (byte) 0xf1,
            (byte) 0xf4,
            (byte) 0xf5,
            (byte) 0xff
        };
        int good = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] bytes = new byte[random.nextInt(6)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = alphabet[random.nextInt(alphabet.length)];
            }
            boolean expected = wellFormed(bytes);
            good += expected ? 1 : 0;
            assertEquals(expected, Utf8.isWellFormed(bytes, 0, bytes.length), Arrays.toString(bytes));
            if (expected) {
                String text = new String(bytes, StandardCharsets.UTF_8);
                assertEquals(text.codePointCount(0, text.length()), Utf8.count(bytes, 0, bytes.length));
            }
        }
        assertTrue(good > 10_000, "well-formed ones came too: " + good);
    }
}
