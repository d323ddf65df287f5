package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.BYTES;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;

/**
 * Finds bytes in bytes, as many places at a time as a register has bytes. Looking past the end of a short text costs
 * nothing.
 */
final class ByteSearch {
    private ByteSearch() {}

    /** The first place in {@code data[from .. to)} where the needle begins, or -1; {@code from} for an empty needle. */
    static int find(byte[] data, int from, int to, byte[] needle, int needleFrom, int needleLength) {
        if (needleLength == 0) {
            return from;
        }
        int distance = needleLength - 1;
        byte first = needle[needleFrom];
        byte end = needle[needleFrom + distance];
        int last = to - needleLength;
        int at = from;
        // Vectors may look past the text, but not past the array.
        for (; at <= last && at + distance + BYTES.length() <= data.length; at += BYTES.length()) {
            long places = ByteVector.fromArray(BYTES, data, at)
                    .eq(first)
                    .and(ByteVector.fromArray(BYTES, data, at + distance).eq(end))
                    .toLong();
            while (places != 0) {
                int place = at + Long.numberOfTrailingZeros(places);
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
