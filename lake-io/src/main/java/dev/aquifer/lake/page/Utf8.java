package dev.aquifer.lake.page;

import static dev.aquifer.lake.page.Cursor.LONG;

/** Checks text: VARCHAR is UTF-8 everywhere behind this point, and devices rely on it. */
final class Utf8 {
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /** Whether {@code bytes[from .. to)} is ASCII; the array is padded. */
    static boolean isAscii(byte[] bytes, int from, int to) {
        int at = from;
        long seen = 0;
        for (; at + 8 <= to; at += 8) {
            seen |= (long) LONG.get(bytes, at);
        }
        if (at < to) {
            seen |= (long) LONG.get(bytes, at) & -1L >>> (8 * (8 - (to - at)));
        }
        return (seen & HIGH_BITS) == 0;
    }

    /** Whether {@code bytes[from .. to)} is well-formed: no overlong forms, no surrogates, nothing above U+10FFFF. */
    static boolean isValid(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int first = bytes[at];
            if (first >= 0) {
                at++;
                continue;
            }
            int length = (first & 0xe0) == 0xc0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : (first & 0xf8) == 0xf0 ? 4 : 0;
            if (length == 0 || to - at < length) {
                return false;
            }
            int codePoint = first & (0x7f >>> length);
            for (int i = 1; i < length; i++) {
                if ((bytes[at + i] & 0xc0) != 0x80) {
                    return false;
                }
                codePoint = codePoint << 6 | bytes[at + i] & 0x3f;
            }
            boolean least = codePoint >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000);
            if (!least || codePoint > 0x10_ffff || codePoint >= 0xd800 && codePoint < 0xe000) {
                return false;
            }
            at += length;
        }
        return true;
    }
}
