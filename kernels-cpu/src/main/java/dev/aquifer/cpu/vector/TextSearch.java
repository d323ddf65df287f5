package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.ORDER;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Finds the texts of a block that contain a needle. The texts of a vector lie one behind the other, so they are searched as one: a
 * vector's width of places at a time, by two bytes of the needle, rare ones at best. A place where both are right is looked at
 * in full; that is seldom, so memory sets the pace.
 *
 * <p>After the "generic SIMD" search of W. Mula, "SIMD-friendly algorithms for substring searching" (2016), with chosen
 * bytes in the place of the first and the last.
 */
final class TextSearch {
    /** Places noted before they are looked at; a step of the search adds at most a vector's lanes. */
    private static final int MOST_PLACES = 1024;

    private final int[] places = new int[MOST_PLACES];
    private final Needle needle;
    private final int length;
    private final int first;
    private final int second;
    /** The needle's first bytes, up to eight, with their folds, and ones where they are. */
    private final long head;

    private final long headFolds;
    private final long headMask;
    private long searched;

    /**
     * @param first a place in the needle whose byte is searched for
     * @param second another one, or the same
     */
    TextSearch(Needle needle, int first, int second) {
        this.needle = needle;
        this.length = needle.length();
        this.first = first;
        this.second = second;
        long bytes = 0;
        long folds = 0;
        int known = Math.min(length, Long.BYTES);
        for (int i = 0; i < known; i++) {
            bytes |= (needle.at(i) & 0xffL) << 8 * i;
            folds |= (needle.fold(i) & 0xffL) << 8 * i;
        }
        this.head = bytes;
        this.headFolds = folds;
        this.headMask = -1L >>> 64 - 8 * known;
    }

    /**
     * Sets the bits of the texts that contain the needle.
     *
     * @param offsets where the {@code rows + 1} int32 offsets of the texts begin in the block
     * @param bytes the place that offset 0 stands for
     */
    void find(MemorySegment block, long offsets, long bytes, int rows, long[] bits) {
        long at = bytes + block.get(Unpack.INT, offsets);
        long stop = bytes + block.get(Unpack.INT, offsets + 4L * rows) - length + 1;
        int row = 0;
        while (at < stop) {
            int count = collect(block, at, stop);
            for (int i = 0; i < count; i++) {
                long place = at + places[i];
                if (place >= stop) {
                    break;
                }
                if (matches(block, place)) {
                    row = rowOf(block, offsets, (int) (place - bytes), row);
                    if (place + length <= bytes + block.get(Unpack.INT, offsets + 4L * (row + 1))) {
                        Bits.set(bits, row);
                    }
                }
            }
            at = searched;
        }
    }

    /**
     * Notes places from {@code at} on where the two chosen bytes are right, perhaps some at and past {@code stop}, until there are
     * enough; {@link #searched} is then the first place that was not looked at.
     *
     * @return how many, as distances from {@code at} in {@link #places}
     */
    private int collect(MemorySegment block, long at, long stop) {
        int[] noted = places;
        int lanes = Lanes.BYTES.length();
        byte one = needle.at(first);
        byte oneFold = needle.fold(first);
        byte other = needle.at(second);
        byte otherFold = needle.fold(second);
        // A vector of bytes is read at these places and past them, all within the block.
        long safe = Math.min(stop, block.byteSize() - Math.max(first, second) - lanes + 1);
        int count = 0;
        long place = at;
        for (; place < safe && count <= MOST_PLACES - lanes; place += lanes) {
            long found = ByteVector.fromMemorySegment(Lanes.BYTES, block, place + first, ORDER)
                    .or(oneFold)
                    .compare(VectorOperators.EQ, one)
                    .and(ByteVector.fromMemorySegment(Lanes.BYTES, block, place + second, ORDER)
                            .or(otherFold)
                            .compare(VectorOperators.EQ, other))
                    .toLong();
            while (found != 0) {
                noted[count++] = (int) (place - at) + Long.numberOfTrailingZeros(found);
                found &= found - 1;
            }
        }
        for (; place >= safe && place < stop && count < MOST_PLACES; place++) {
            if (needle.isRight(block.get(ValueLayout.JAVA_BYTE, place + first), first)
                    && needle.isRight(block.get(ValueLayout.JAVA_BYTE, place + second), second)) {
                noted[count++] = (int) (place - at);
            }
        }
        searched = place;
        return count;
    }

    /** The row, from {@code row} on, whose text the byte number {@code at} belongs to. */
    private static int rowOf(MemorySegment block, long offsets, int at, int row) {
        int next = row;
        long end = offsets + 4L * (row + 1);
        while (end + Lanes.INTS.vectorByteSize() <= block.byteSize()) {
            int step = IntVector.fromMemorySegment(Lanes.INTS, block, end, ORDER)
                    .compare(VectorOperators.GT, at)
                    .firstTrue();
            next += step;
            if (step < Lanes.INTS.length()) {
                return next;
            }
            end += Lanes.INTS.vectorByteSize();
        }
        while (block.get(Unpack.INT, offsets + 4L * (next + 1)) <= at) {
            next++;
        }
        return next;
    }

    private boolean matches(MemorySegment block, long place) {
        int known = 0;
        if (place + Long.BYTES <= block.byteSize()) {
            if (((block.get(Unpack.LONG, place) | headFolds) & headMask) != head) {
                return false;
            }
            known = Long.BYTES;
        }
        for (int i = known; i < length; i++) {
            if (!needle.isRight(block.get(ValueLayout.JAVA_BYTE, place + i), i)) {
                return false;
            }
        }
        return true;
    }
}
