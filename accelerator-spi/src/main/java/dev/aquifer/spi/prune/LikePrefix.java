package dev.aquifer.spi.prune;

import dev.aquifer.spi.type.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The texts that a LIKE pattern can match, as a range of bytes: those that begin as the pattern does. */
final class LikePrefix {
    private LikePrefix() {}

    /** The range of texts that may match, or one without bounds where the pattern has no use, or is malformed. */
    static ValueRange range(Bytes pattern, Bytes escape) {
        byte[] bytes = pattern.array();
        byte[] escapeBytes = escape.array();
        byte[] prefix = new byte[bytes.length];
        int length = 0;
        int at = 0;
        boolean whole = true;
        while (at < bytes.length) {
            if (escapeBytes.length > 0 && startsWith(bytes, at, escapeBytes)) {
                at += escapeBytes.length;
                if (at == bytes.length) {
                    return ValueRange.UNKNOWN;
                }
                // The bytes that follow the first of an escaped character can be neither wildcards nor the escape.
            } else if (bytes[at] == '%' || bytes[at] == '_') {
                whole = false;
                break;
            }
            prefix[length++] = bytes[at++];
        }
        Bytes low = Bytes.copyOf(prefix, 0, length);
        return new ValueRange(low, whole ? low : successor(low), false, true);
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] start) {
        return bytes.length - at >= start.length && Arrays.equals(bytes, at, at + start.length, start, 0, start.length);
    }

    /** The least text above all that begin with the prefix, or null where there is none. */
    static @Nullable Bytes successor(Bytes prefix) {
        byte[] bytes = prefix.array().clone();
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] != (byte) 0xff) {
                bytes[i]++;
                return Bytes.copyOf(bytes, 0, i + 1);
            }
        }
        return null;
    }
}
