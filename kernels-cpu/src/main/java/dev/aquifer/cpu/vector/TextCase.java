package dev.aquifer.cpu.vector;

import dev.aquifer.spi.reference.Utf8;
import java.util.Arrays;

/** Maps the case of texts, code point by code point, into a buffer that is used again. */
final class TextCase {
    private final boolean upper;
    private byte[] mapped = new byte[64];

    TextCase(boolean upper) {
        this.upper = upper;
    }

    byte[] mapped() {
        return mapped;
    }

    /** Maps a text to the start of {@link #mapped}; gives its length. */
    int map(byte[] data, int from, int length) {
        // A code point of two bytes may map to one of three.
        long most = 2L * length;
        if (most > mapped.length) {
            if (most > Integer.MAX_VALUE - 16) {
                throw Errors.textTooLarge();
            }
            mapped = Arrays.copyOf(mapped, (int) Math.min(Integer.MAX_VALUE - 16, 2 * most));
        }
        int end = from + length;
        int out = 0;
        int at = from;
        while (at < end) {
            byte lead = data[at];
            if (lead >= 0) {
                mapped[out++] = ascii(lead);
                at++;
                continue;
            }
            int size = Utf8.length(data, at, end);
            int codePoint = Utf8.codePoint(data, at, end);
            if (codePoint < 0) {
                mapped[out++] = lead;
            } else {
                int other = upper ? Character.toUpperCase(codePoint) : Character.toLowerCase(codePoint);
                out += Utf8.encode(other, mapped, out);
            }
            at += size;
        }
        return out;
    }

    private byte ascii(byte letter) {
        if (upper) {
            return letter >= 'a' && letter <= 'z' ? (byte) (letter - 32) : letter;
        }
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + 32) : letter;
    }
}
