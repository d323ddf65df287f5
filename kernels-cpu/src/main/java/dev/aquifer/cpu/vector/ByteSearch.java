package dev.aquifer.cpu.vector;

import java.util.Arrays;

/** Finds bytes in bytes. */
final class ByteSearch {
    private ByteSearch() {}

    /** The first place in {@code data[from .. to)} where the needle begins, or -1; {@code from} for an empty needle. */
    static int find(byte[] data, int from, int to, byte[] needle, int needleFrom, int needleLength) {
        if (needleLength == 0) {
            return from;
        }
        byte first = needle[needleFrom];
        int last = to - needleLength;
        for (int at = from; at <= last; at++) {
            if (data[at] == first
                    && Arrays.equals(data, at, at + needleLength, needle, needleFrom, needleFrom + needleLength)) {
                return at;
            }
        }
        return -1;
    }

    static boolean matches(byte[] data, int at, byte[] text) {
        return Arrays.equals(data, at, at + text.length, text, 0, text.length);
    }
}
