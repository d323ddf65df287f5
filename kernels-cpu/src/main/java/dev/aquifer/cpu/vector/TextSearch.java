package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.ORDER;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Finds which texts of a block may match a pattern, by a string of bytes that every match contains. The texts of a vector lie one
 * behind the other, so they are searched as one: a vector's width of places at a time, by the two bytes of the needle that are
 * rarest in the block. A place where both are right is looked at in full; that is seldom, so memory sets the pace.
 *
 * <p>After the "generic SIMD" search of W. Mula, "SIMD-friendly algorithms for substring searching" (2016), with chosen
 * bytes in the place of the first and the last.
 */
final class TextSearch {
    /** Bytes of a block that are counted to tell rare bytes from common ones. */
    private static final int SAMPLE = 4096;

    private static final int PIECES = 8;
    /** Bytes of a literal of which pairs are tried. */
    private static final int RAREST = 5;

    /** Places noted before they are looked at; a step of the search adds at most a vector's lanes. */
    private static final int MOST_PLACES = 1024;

    private final List<byte[]> literals;
    private final int[] places = new int[MOST_PLACES];
    private byte[] needle;
    private int first;
    private int second;
    private boolean chosen;
    private long searched;

    /** @param literals strings of bytes, at least one, none empty; every text that matches contains all of them */
    TextSearch(List<byte[]> literals) {
        this.literals = literals;
        this.needle = literals.getFirst();
    }

    /**
     * Chooses the needle and its two bytes, once, by what is rare in the first block that is searched.
     *
     * @param from where the block's texts begin
     * @param to where they end
     */
    void choose(MemorySegment block, long from, long to) {
        if (chosen || to - from < SAMPLE) {
            return;
        }
        chosen = true;
        byte[] sample = new byte[SAMPLE];
        int piece = SAMPLE / PIECES;
        for (int i = 0; i < PIECES; i++) {
            long start = from + (to - from - piece) / (PIECES - 1) * i;
            MemorySegment.copy(block, ValueLayout.JAVA_BYTE, start, sample, i * piece, piece);
        }
        int[] counts = new int[256];
        for (byte each : sample) {
            counts[each & 0xff]++;
        }
        int best = Integer.MAX_VALUE;
        for (byte[] literal : literals) {
            int[] places = rarest(literal, counts);
            for (int i = 0; i < places.length; i++) {
                for (int j = i; j < places.length; j++) {
                    int often = together(sample, literal, places[i], places[j]);
                    if (often < best) {
                        best = often;
                        needle = literal;
                        first = places[i];
                        second = places[j];
                    }
                }
            }
        }
    }

    /** The places of a literal's rarest bytes. */
    private static int[] rarest(byte[] literal, int[] counts) {
        return IntStream.range(0, literal.length)
                .boxed()
                .sorted(Comparator.comparingInt(place -> counts[literal[place] & 0xff]))
                .limit(RAREST)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** How often two bytes of a literal stand in a sample as they do in it: a q is rare, but its u tells nothing more. */
    private static int together(byte[] sample, byte[] literal, int first, int second) {
        int low = Math.min(first, second);
        int distance = Math.max(first, second) - low;
        byte one = literal[low];
        byte other = literal[low + distance];
        int often = 0;
        for (int at = 0; at + distance < sample.length; at++) {
            often += sample[at] == one && sample[at + distance] == other ? 1 : 0;
        }
        return often;
    }

    /**
     * Sets the bits of the texts that contain the needle.
     *
     * @param offsets where the {@code rows + 1} int32 offsets of the texts begin in the block
     * @param bytes the place that offset 0 stands for
     */
    void find(MemorySegment block, long offsets, long bytes, int rows, long[] bits) {
        long at = bytes + block.get(Unpack.INT, offsets);
        long stop = bytes + block.get(Unpack.INT, offsets + 4L * rows) - needle.length + 1;
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
                    if (place + needle.length <= bytes + block.get(Unpack.INT, offsets + 4L * (row + 1))) {
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
        byte one = needle[first];
        byte other = needle[second];
        // A vector of bytes is read at these places and past them, all within the block.
        long safe = Math.min(stop, block.byteSize() - Math.max(first, second) - lanes + 1);
        int count = 0;
        long place = at;
        for (; place < safe && count <= MOST_PLACES - lanes; place += lanes) {
            long found = ByteVector.fromMemorySegment(Lanes.BYTES, block, place + first, ORDER)
                    .compare(VectorOperators.EQ, one)
                    .and(ByteVector.fromMemorySegment(Lanes.BYTES, block, place + second, ORDER)
                            .compare(VectorOperators.EQ, other))
                    .toLong();
            while (found != 0) {
                noted[count++] = (int) (place - at) + Long.numberOfTrailingZeros(found);
                found &= found - 1;
            }
        }
        for (; place >= safe && place < stop && count < MOST_PLACES; place++) {
            if (block.get(ValueLayout.JAVA_BYTE, place + first) == one
                    && block.get(ValueLayout.JAVA_BYTE, place + second) == other) {
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
        for (int i = 0; i < needle.length; i++) {
            if (block.get(ValueLayout.JAVA_BYTE, place + i) != needle[i]) {
                return false;
            }
        }
        return true;
    }
}
