package dev.aquifer.spi.regex;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Which bytes are well-formed UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing above U+10FFFF. A byte that
 * does not begin a well-formed sequence is malformed, alone.
 */
final class WellFormed {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long SIGNS = 0x8080_8080_8080_8080L;

    private WellFormed() {}

    /** A place up to which there is ASCII alone, and from which there is not; {@code to} if all is. It may be a bit early. */
    static int asciiUntil(byte[] data, int from, int to) {
        int at = from;
        for (; at <= to - 8; at += 8) {
            if (((long) LONG.get(data, at) & SIGNS) != 0) {
                return at;
            }
        }
        while (at < to && data[at] >= 0) {
            at++;
        }
        return at;
    }

    /** The first malformed byte, or {@code to}. */
    static int until(byte[] data, int from, int to) {
        int at = from;
        while (at < to) {
            int length = length(data, at, to);
            if (length == 0) {
                return at;
            }
            at += length;
        }
        return at;
    }

    /** Copies a text to the start of {@code target}, each malformed byte as {@link Nfa#MALFORMED}. */
    static void mark(byte[] data, int from, int to, byte[] target) {
        int at = from;
        while (at < to) {
            int length = length(data, at, to);
            if (length == 0) {
                target[at - from] = (byte) Nfa.MALFORMED;
                at++;
            }
            for (int i = 0; i < length; i++, at++) {
                target[at - from] = data[at];
            }
        }
    }

    /** Bytes of the sequence at {@code at}, or 0 for a malformed byte. */
    private static int length(byte[] data, int at, int to) {
        int lead = data[at];
        if (lead >= 0) {
            return 1;
        }
        lead &= 0xff;
        int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (lead < 0xc2 || lead > 0xf4 || to - at < length) {
            return 0;
        }
        int second = data[at + 1] & 0xff;
        int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int greatest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > greatest) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((data[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
