package dev.aquifer.cpu.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Finds the texts that begin and end with given bytes. Of texts that lie one behind the other only the words at their ends are read,
 * whatever is between them.
 */
final class TextEnds {
    private final byte[] prefix;
    private final byte[] suffix;
    private final int least;
    /** All ones where texts are the prefix and nothing more. */
    private final int exact;
    /** The prefix's first bytes, up to eight, and ones where they are. */
    private final long head;

    private final long headMask;
    /** The suffix's last bytes, up to eight, and how far a word goes to the right to be of just these. */
    private final long tail;

    private final int tailShift;

    /**
     * @param prefix may be empty
     * @param suffix may be empty; what is prefix is not suffix too
     * @param whole whether nothing may be between them
     */
    TextEnds(byte[] prefix, byte[] suffix, boolean whole) {
        this.prefix = prefix;
        this.suffix = suffix;
        this.least = prefix.length + suffix.length;
        this.exact = whole ? -1 : 0;
        int first = Math.min(prefix.length, Long.BYTES);
        this.head = word(prefix, 0, first);
        this.headMask = first == 0 ? 0 : -1L >>> 64 - 8 * first;
        int last = Math.min(suffix.length, Long.BYTES);
        this.tail = word(suffix, suffix.length - last, last);
        this.tailShift = 64 - 8 * last;
    }

    private static long word(byte[] bytes, int from, int count) {
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |= (bytes[from + i] & 0xffL) << 8 * i;
        }
        return word;
    }

    /**
     * Sets the bits of the texts that begin and end so.
     *
     * @param offsets where the {@code rows + 1} int32 offsets of the texts begin in the block, eight bytes or more before the texts
     * @param bytes the place that offset 0 stands for
     */
    void find(MemorySegment block, long offsets, long bytes, int rows, long[] bits) {
        boolean isLong = prefix.length > Long.BYTES || suffix.length > Long.BYTES;
        for (int from = 0; from < rows; from += 64) {
            int to = Math.min(rows, from + 64);
            long found = suffix.length == 0 || prefix.length > 0 ? heads(block, offsets, bytes, from, to) : -1L;
            if (suffix.length > 0) {
                found &= tails(block, offsets, bytes, from, to);
            }
            if (isLong) {
                found = whole(block, offsets, bytes, from, found);
            }
            bits[from >>> 6] |= found;
        }
    }

    /** Which of up to 64 texts have the right length and begin with the right word; no branch depends on them. */
    private long heads(MemorySegment block, long offsets, long bytes, int from, int to) {
        long found = 0;
        long safe = block.byteSize() - Long.BYTES;
        int start = block.get(Unpack.INT, offsets + 4L * from);
        for (int row = from; row < to; row++) {
            int end = block.get(Unpack.INT, offsets + 4L * (row + 1));
            long place = Math.min(bytes + start, safe);
            // A text that begins too near the block's end for a word has the bytes that are there at the word's upper
            // end.
            long word = block.get(Unpack.LONG, place) >>> 8 * (bytes + start - place);
            long difference = (word ^ head) & headMask | lengthIsWrong(end - start);
            found |= ((difference | -difference) >>> 63 ^ 1) << row;
            start = end;
        }
        return found;
    }

    /** Which of up to 64 texts have the right length and end with the right word, a suffix's. */
    private long tails(MemorySegment block, long offsets, long bytes, int from, int to) {
        long found = 0;
        int start = block.get(Unpack.INT, offsets + 4L * from);
        for (int row = from; row < to; row++) {
            int end = block.get(Unpack.INT, offsets + 4L * (row + 1));
            long word = block.get(Unpack.LONG, bytes + end - Long.BYTES) >>> tailShift;
            long difference = word ^ tail | lengthIsWrong(end - start);
            found |= ((difference | -difference) >>> 63 ^ 1) << row;
            start = end;
        }
        return found;
    }

    /** 0 where it is not. */
    private int lengthIsWrong(int length) {
        return length - least & Integer.MIN_VALUE | (length ^ least) & exact;
    }

    /** Those of some texts, found by the words at their ends, whose ends are right as a whole. */
    private long whole(MemorySegment block, long offsets, long bytes, int from, long found) {
        long right = found;
        for (long open = found; open != 0; open &= open - 1) {
            int place = Long.numberOfTrailingZeros(open);
            long at = offsets + 4L * (from + place);
            long end = bytes + block.get(Unpack.INT, at + 4);
            if (!isAt(block, bytes + block.get(Unpack.INT, at), prefix) || !isAt(block, end - suffix.length, suffix)) {
                right &= ~(1L << place);
            }
        }
        return right;
    }

    private static boolean isAt(MemorySegment block, long at, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (block.get(ValueLayout.JAVA_BYTE, at + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
