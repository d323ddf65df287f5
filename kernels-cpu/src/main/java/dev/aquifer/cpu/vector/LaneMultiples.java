package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Which of 1,024 lanes of 8, 16 or 32 bits are, times a factor and plus an addend, multiples of a number. No division is needed: modulo
 * two to the lane's bits, x times the inverse of the odd part of d, turned right by the zeros at the end of d, is at most
 * {@code (2^bits - 1) / d} exactly where d divides x (Granlund and Montgomery, "Division by Invariant Integers using
 * Multiplication", PLDI 1994, section 9). The loops stay apart, as those of {@link CodeRange} do.
 */
final class LaneMultiples {
    private int laneBits;
    private int multiplier;
    private int offset;
    private int turn;
    private int limit;

    /**
     * Whether lanes are wide enough for what is asked.
     *
     * @param most the greatest of what lanes are times the factor, unsigned
     * @param addend at least 0
     */
    static boolean fits(int laneBits, long most, long addend, long divisor) {
        long greatest = Unpack.ones(laneBits);
        return laneBits <= 32
                && divisor <= greatest
                && addend <= greatest
                && Long.compareUnsigned(most, greatest - addend) <= 0;
    }

    /**
     * Asks for the lanes that are multiples of {@code divisor} times {@code factor} plus {@code addend}, with which {@link #fits} holds.
     *
     * @param addend 0 or more
     * @param divisor 1 or more
     */
    void set(int bits, long factor, long addend, long divisor) {
        laneBits = bits;
        turn = Long.numberOfTrailingZeros(divisor);
        int inverse = inverse((int) (divisor >>> turn));
        multiplier = (int) factor * inverse;
        offset = (int) addend * inverse;
        limit = (int) (Unpack.ones(bits) / divisor);
    }

    /** Of an odd number, modulo 2^32 and so modulo any less power of two: each step of Newton's doubles the right bits. */
    private static int inverse(int odd) {
        int inverse = odd;
        for (int right = 3; right < Integer.SIZE; right *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    /**
     * Clears the bits of rows whose lane is not what was asked for, or with {@code flip} of those whose lane is.
     *
     * @param at of the first lane, in bytes
     * @param flip 0, or -1
     */
    void and(MemorySegment lanes, long at, long flip, long[] bits) {
        switch (laneBits) {
            case 8 -> bytes(lanes, at, flip, bits);
            case 16 -> shorts(lanes, at, flip, bits);
            case 32 -> ints(lanes, at, flip, bits);
            default -> throw new IllegalStateException("lanes of " + laneBits + " bits");
        }
    }

    /** There are no products and no shifts of bytes: those at even places and those at odd ones take turns in lanes twice as wide. */
    private void bytes(MemorySegment lanes, long start, long flip, long[] bits) {
        short by = (short) multiplier;
        byte add = (byte) offset;
        byte most = (byte) limit;
        int right = turn;
        short rightMask = (short) Unpack.repeat(0xff >>> right, 8);
        short leftMask = (short) ~rightMask;
        int length = Lanes.BYTES.length();
        for (int word = 0; word < Bits.WORDS; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += length) {
                ShortVector codes = ShortVector.fromMemorySegment(Lanes.SHORTS, lanes, start + (word << 6) + at, ORDER);
                ShortVector product = codes.mul(by)
                        .and((short) 0x00ff)
                        .or(codes.and((short) 0xff00).mul(by))
                        .reinterpretAsBytes()
                        .add(add)
                        .reinterpretAsShorts();
                ByteVector turned = product.lanewise(VectorOperators.LSHR, right)
                        .and(rightMask)
                        .or(product.lanewise(VectorOperators.LSHL, 8 - right).and(leftMask))
                        .reinterpretAsBytes();
                found |= turned.compare(VectorOperators.ULE, most).toLong() << at;
            }
            bits[word] &= found ^ flip;
        }
    }

    private void shorts(MemorySegment lanes, long start, long flip, long[] bits) {
        short by = (short) multiplier;
        short add = (short) offset;
        short most = (short) limit;
        int right = turn;
        int length = Lanes.SHORTS.length();
        for (int word = 0; word < Bits.WORDS; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += length) {
                ShortVector product = ShortVector.fromMemorySegment(
                                Lanes.SHORTS, lanes, start + 2L * ((word << 6) + at), ORDER)
                        .mul(by)
                        .add(add);
                // A shift by all bits of a lane is one by none: where nothing is turned, both sides are the product.
                found |= product.lanewise(VectorOperators.LSHR, right)
                                .or(product.lanewise(VectorOperators.LSHL, 16 - right))
                                .compare(VectorOperators.ULE, most)
                                .toLong()
                        << at;
            }
            bits[word] &= found ^ flip;
        }
    }

    private void ints(MemorySegment lanes, long start, long flip, long[] bits) {
        int by = multiplier;
        int add = offset;
        int most = limit;
        int right = turn;
        int length = Lanes.INTS.length();
        for (int word = 0; word < Bits.WORDS; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += length) {
                IntVector product = IntVector.fromMemorySegment(
                                Lanes.INTS, lanes, start + 4L * ((word << 6) + at), ORDER)
                        .mul(by)
                        .add(add);
                found |= product.lanewise(VectorOperators.LSHR, right)
                                .or(product.lanewise(VectorOperators.LSHL, 32 - right))
                                .compare(VectorOperators.ULE, most)
                                .toLong()
                        << at;
            }
            bits[word] &= found ^ flip;
        }
    }
}
