package dev.aquifer.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aquifer.spi.reference.Utf8;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@link TextCase}, and the count of {@link Ascii}. */
class TextCaseTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());

    private static final int[] CODE_POINTS = {
        '@', 'A', 'Z', '[', '`', 'a', 'z', '{', 0, 0x7f, 0xe9, 0xdf, 0x23a, 0x20ac, 0x10428
    };

    private final Random random = new Random(SEED);

    /** ASCII mostly, with other code points and malformed bytes here and there, or everywhere. */
    private byte[] text(int characters) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int rare = random.nextInt(4) * 30;
        byte[] code = new byte[4];
        for (int i = 0; i < characters; i++) {
            if (rare == 0 && random.nextInt(4) == 0) {
                text.write(random.nextInt());
            } else if (rare == 90 || rare > 0 && random.nextInt(rare) > 0) {
                text.write(random.nextInt(0x80));
            } else {
                text.write(code, 0, Utf8.encode(CODE_POINTS[random.nextInt(CODE_POINTS.length)], code, 0));
            }
        }
        return text.toByteArray();
    }

    private static byte[] expected(boolean upper, byte[] text) {
        ByteArrayOutputStream mapped = new ByteArrayOutputStream();
        byte[] code = new byte[4];
        for (int at = 0; at < text.length; at += Utf8.length(text, at, text.length)) {
            int codePoint = Utf8.codePoint(text, at, text.length);
            if (codePoint < 0) {
                mapped.write(text[at]);
            } else {
                int other = upper ? Character.toUpperCase(codePoint) : Character.toLowerCase(codePoint);
                mapped.write(code, 0, Utf8.encode(other, code, 0));
            }
        }
        return mapped.toByteArray();
    }

    @Test
    void asCodePointByCodePoint() {
        for (int i = 0; i < 4_000; i++) {
            byte[] text = text(random.nextInt(i % 10 == 0 ? 500 : 80));
            String message = Arrays.toString(text) + ", seed " + SEED;
            int from = random.nextInt(3);
            byte[] data = new byte[from + text.length + random.nextInt(3) * 40];
            Arrays.fill(data, (byte) random.nextInt());
            System.arraycopy(text, 0, data, from, text.length);
            assertEquals(
                    Utf8.count(text, 0, text.length), Ascii.countCodePoints(data, from, from + text.length), message);
            for (boolean upper : new boolean[] {true, false}) {
                byte[] mapped = new byte[3 + TextCase.room(text.length)];
                int length = new TextCase(upper).map(data, from, text.length, mapped, 3);
                assertArrayEquals(expected(upper, text), Arrays.copyOfRange(mapped, 3, 3 + length), message);
            }
        }
    }
}
