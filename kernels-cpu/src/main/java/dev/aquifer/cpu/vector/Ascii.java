package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.BYTES;

import dev.aquifer.spi.reference.Utf8;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;

/** Runs of ASCII in texts, a vector of bytes at a time. Texts may have any bytes, so only of ASCII a byte is known to be a character. */
final class Ascii {
    private Ascii() {}

    /** The bytes from {@code at} on, and zeros where the array ends. */
    static ByteVector load(byte[] data, int at) {
        return at <= data.length - BYTES.length()
                ? ByteVector.fromArray(BYTES, data, at)
                : ByteVector.fromArray(BYTES, data, at, BYTES.indexInRange(at, data.length));
    }

    /** How many bytes at the start of a vector are ASCII. */
    static int run(ByteVector bytes) {
        return bytes.compare(VectorOperators.LT, (byte) 0).firstTrue();
    }

    /** {@link Utf8#count}. */
    static int countCodePoints(byte[] data, int from, int to) {
        int count = 0;
        int at = from;
        while (at < to) {
            int plain = Math.min(run(load(data, at)), to - at);
            at += plain;
            count += plain;
            while (at < to && data[at] < 0) {
                at += Utf8.length(data, at, to);
                count++;
            }
        }
        return count;
    }
}
