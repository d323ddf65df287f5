package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Which of 1,024 unsigned codes lie in a range, compared in lanes of their own width. The four loops are alike and stay apart, as those of
 * {@link Unpack} do: the compiler only sees through a vector whose species is a constant of the loop.
 */
final class CodeRange {
    private CodeRange() {}

    /** Clears the bits of rows whose code is not in [low, high], both unsigned and inclusive. */
    static void and(MemorySegment lanes, long offset, int laneBits, long low, long high, long[] bits) {
        // One subtraction turns two comparisons into one: below low wraps to above the span.
        long span = high - low;
        switch (laneBits) {
            case 8 -> bytes(lanes, offset, (byte) low, (byte) span, bits);
            case 16 -> shorts(lanes, offset, (short) low, (short) span, bits);
            case 32 -> ints(lanes, offset, (int) low, (int) span, bits);
            default -> longs(lanes, offset, low, span, bits);
        }
    }

    private static void bytes(MemorySegment lanes, long offset, byte low, byte span, long[] bits) {
        int length = Lanes.BYTES.length();
        for (int word = 0; word < Bits.WORDS; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += length) {
                found |= ByteVector.fromMemorySegment(Lanes.BYTES, lanes, offset + (word << 6) + at, ORDER)
                                .sub(low)
                                .compare(VectorOperators.ULE, span)
                                .toLong()
                        << at;
            }
            bits[word] &= found;
        }
    }

    private static void shorts(MemorySegment lanes, long offset, short low, short span, long[] bits) {
        int length = Lanes.SHORTS.length();
        for (int word = 0; word < Bits.WORDS; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += length) {
                found |= ShortVector.fromMemorySegment(Lanes.SHORTS, lanes, offset + 2L * ((word << 6) + at), ORDER)
                                .sub(low)
                                .compare(VectorOperators.ULE, span)
                                .toLong()
                        << at;
            }
            bits[word] &= found;
        }
    }

    private static void ints(MemorySegment lanes, long offset, int low, int span, long[] bits) {
        int length = Lanes.INTS.length();
        for (int word = 0; word < Bits.WORDS; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += length) {
                found |= IntVector.fromMemorySegment(Lanes.INTS, lanes, offset + 4L * ((word << 6) + at), ORDER)
                                .sub(low)
                                .compare(VectorOperators.ULE, span)
                                .toLong()
                        << at;
            }
            bits[word] &= found;
        }
    }

    private static void longs(MemorySegment lanes, long offset, long low, long span, long[] bits) {
        int length = Lanes.LONGS.length();
        for (int word = 0; word < Bits.WORDS; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += length) {
                found |= LongVector.fromMemorySegment(Lanes.LONGS, lanes, offset + 8L * ((word << 6) + at), ORDER)
                                .sub(low)
                                .compare(VectorOperators.ULE, span)
                                .toLong()
                        << at;
            }
            bits[word] &= found;
        }
    }
}
