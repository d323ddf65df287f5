package dev.aquifer.cpu.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds bytes in bytes, eight places at a time in a 64-bit word: texts are short, and wider vectors would mostly look past
 * their ends.
 */
final class ByteSearch {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long SIGNS = 0x8080_8080_8080_8080L;

    private ByteSearch() {}

    /** The first place in {@code data[from .. to)} where the needle begins, or -1; {@code from} for an empty needle. */
    static int find(byte[] data, int from, int to, byte[] needle, int needleFrom, int needleLength) {
        if (needleLength == 0) {
            return from;
        }
        int distance = needleLength - 1;
        byte first = needle[needleFrom];
        long firsts = (first & 0xffL) * ONES;
        long lasts = (needle[needleFrom + distance] & 0xffL) * ONES;
        int last = to - needleLength;
        int at = from;
        // Words may look past the text, but not past the array.
        for (; at <= last && at + distance + 8 <= data.length; at += 8) {
            // A zero byte is a place where the first and the last byte of the needle are right. A borrow may show more
            // places above one that is, and looking tells.
            long wrong = ((long) LONG.get(data, at) ^ firsts) | ((long) LONG.get(data, at + distance) ^ lasts);
            long places = wrong - ONES & ~wrong & SIGNS;
            while (places != 0) {
                int place = at + (Long.numberOfTrailingZeros(places) >>> 3);
                if (place > last) {
                    return -1;
                }
                if (matches(data, place, needle, needleFrom, needleLength)) {
                    return place;
                }
                places &= places - 1;
            }
        }
        for (; at <= last; at++) {
            if (data[at] == first && matches(data, at, needle, needleFrom, needleLength)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] data, int at, byte[] needle, int needleFrom, int length) {
        return Arrays.equals(data, at, at + length, needle, needleFrom, needleFrom + length);
    }

    static boolean matches(byte[] data, int at, byte[] text) {
        return matches(data, at, text, 0, text.length);
    }
}
