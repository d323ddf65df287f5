package dev.aquifer.spi.reference;

/**
 * UTF-8 as text functions see it. A byte that does not begin a well-formed sequence (as Unicode defines: no overlong
 * forms, no surrogates, nothing above U+10FFFF) counts as one code point of its own, so every run of bytes is a text.
 */
public final class Utf8 {
    private Utf8() {}

    /** Bytes of the code point at {@code at}, 1 to 4; 1 for a malformed byte. {@code at} is less than {@code end}. */
    public static int length(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xff;
        if (lead < 0xc2 || lead > 0xf4) {
            return 1;
        }
        int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (end - at < length) {
            return 1;
        }
        int second = bytes[at + 1] & 0xff;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return 1;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 1;
            }
        }
        return length;
    }

    /** The code point at {@code at}, or -1 for a malformed byte. */
    public static int codePoint(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xff;
        return switch (length(bytes, at, end)) {
            case 1 -> lead < 0x80 ? lead : -1;
            case 2 -> (lead & 0x1f) << 6 | bytes[at + 1] & 0x3f;
            case 3 -> (lead & 0x0f) << 12 | (bytes[at + 1] & 0x3f) << 6 | bytes[at + 2] & 0x3f;
            default ->
                (lead & 0x07) << 18 | (bytes[at + 1] & 0x3f) << 12 | (bytes[at + 2] & 0x3f) << 6 | bytes[at + 3] & 0x3f;
        };
    }

    /** How many code points {@code bytes[from .. to)} has. */
    public static int count(byte[] bytes, int from, int to) {
        int count = 0;
        for (int at = from; at < to; at += length(bytes, at, to)) {
            count++;
        }
        return count;
    }

    /** The offset after {@code codePoints} code points from {@code from}, or {@code to} where there are fewer. */
    public static int skip(byte[] bytes, int from, int to, long codePoints) {
        int at = from;
        for (long i = 0; i < codePoints && at < to; i++) {
            at += length(bytes, at, to);
        }
        return at;
    }

    /** Whether every byte is part of a well-formed sequence. */
    public static boolean isWellFormed(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at += length(bytes, at, to)) {
            if (codePoint(bytes, at, to) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Writes a code point and gives the bytes written, 1 to 4. */
    public static int encode(int codePoint, byte[] target, int at) {
        if (codePoint < 0x80) {
            target[at] = (byte) codePoint;
            return 1;
        }
        if (codePoint < 0x800) {
            target[at] = (byte) (0xc0 | codePoint >> 6);
            target[at + 1] = (byte) (0x80 | codePoint & 0x3f);
            return 2;
        }
        if (codePoint < 0x1_0000) {
            target[at] = (byte) (0xe0 | codePoint >> 12);
            target[at + 1] = (byte) (0x80 | codePoint >> 6 & 0x3f);
            target[at + 2] = (byte) (0x80 | codePoint & 0x3f);
            return 3;
        }
        target[at] = (byte) (0xf0 | codePoint >> 18);
        target[at + 1] = (byte) (0x80 | codePoint >> 12 & 0x3f);
        target[at + 2] = (byte) (0x80 | codePoint >> 6 & 0x3f);
        target[at + 3] = (byte) (0x80 | codePoint & 0x3f);
        return 4;
    }
}
