package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.BYTES;

import dev.aquifer.spi.reference.Utf8;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Maps the case of texts: ASCII in vectors, what is between it code point by code point. */
final class TextCase {
    private static final byte CASE_BIT = 0x20;
    private static final byte LETTERS = 26;

    private final boolean upper;
    /** The first of the letters to change. */
    private final byte first;

    TextCase(boolean upper) {
        this.upper = upper;
        this.first = (byte) (upper ? 'a' : 'A');
    }

    /** The bytes that {@link #map} needs for a text: twice its length, as two bytes may become three, and a vector more. */
    static int room(int length) {
        long room = 2L * length + BYTES.length();
        if (room > Integer.MAX_VALUE - 16) {
            throw Errors.textTooLarge();
        }
        return (int) room;
    }

    /** Maps a text to {@code mapped} from {@code to} on, where there is {@link #room}; gives its length. */
    int map(byte[] data, int from, int length, byte[] mapped, int to) {
        int end = from + length;
        int next = to;
        int at = from;
        while (at < end) {
            int plain = ascii(data, at, end, mapped, next);
            at += plain;
            next += plain;
            while (at < end && data[at] < 0) {
                int size = Utf8.length(data, at, end);
                int codePoint = Utf8.codePoint(data, at, end);
                if (codePoint < 0) {
                    mapped[next++] = data[at];
                } else {
                    int other = upper ? Character.toUpperCase(codePoint) : Character.toLowerCase(codePoint);
                    next += Utf8.encode(other, mapped, next);
                }
                at += size;
            }
        }
        return next - to;
    }

    /** Maps a vector; gives how many bytes at its start are ASCII. */
    private int ascii(byte[] data, int at, int end, byte[] mapped, int next) {
        ByteVector bytes = Ascii.load(data, at);
        VectorMask<Byte> letters = bytes.sub(first).compare(VectorOperators.ULT, LETTERS);
        bytes.lanewise(VectorOperators.XOR, CASE_BIT, letters).intoArray(mapped, next);
        return Math.min(Ascii.run(bytes), end - at);
    }
}
