package dev.aquifer.lake.page;

/**
 * The arrays that a chunk is fetched and decoded in. Given to one decoder after another they stay warm: fresh ones, cleared for each
 * chunk, took a tenth of hydrating. What a decoder gave out as lent lies in them too. Not for use by several threads at once.
 */
public final class DecodeMemory {
    /** Codes that are read at a time. */
    static final int CODES = 4096;
    /** Larger arrays are not kept from one chunk to the next. */
    private static final int KEPT_BYTES = 1 << 20;

    private int[] codes = {};
    private byte[] chunk = {};
    private byte[] page = {};
    private byte[] text = {};
    private long[] longs = {};
    private long[] high = {};
    private double[] doubles = {};
    private int[] offsets = {};

    /** Room for {@link #CODES}. */
    int[] codes() {
        codes = codes.length < CODES ? new int[CODES] : codes;
        return codes;
    }

    /** Room for a chunk of some bytes, and {@link Cursor#PADDING} more. */
    public byte[] chunk(int bytes) {
        chunk = atLeast(chunk, bytes + Cursor.PADDING);
        return chunk;
    }

    /** Room for a decompressed page of some bytes, and {@link Cursor#PADDING} more. */
    byte[] page(int bytes) {
        page = atLeast(page, bytes + Cursor.PADDING);
        return page;
    }

    /** Room for text, which {@link #keepText} may have made larger before. */
    byte[] text(int bytes) {
        text = atLeast(text, bytes + Cursor.PADDING);
        return text;
    }

    /** The array that took the place of {@link #text} when that was too small. */
    void keepText(byte[] grown) {
        text = grown;
    }

    long[] longs(int rows) {
        longs = longs.length < rows ? new long[rows] : longs;
        return longs;
    }

    /** The high halves of {@link #longs}. */
    long[] high(int rows) {
        high = high.length < rows ? new long[rows] : high;
        return high;
    }

    double[] doubles(int rows) {
        doubles = doubles.length < rows ? new double[rows] : doubles;
        return doubles;
    }

    /** One more than rows. */
    int[] offsets(int rows) {
        offsets = offsets.length <= rows ? new int[rows + 1] : offsets;
        return offsets;
    }

    /** Lets go of what is too large to be kept until the next chunk: what comes of it must not be used any more. */
    public void trim() {
        chunk = trimmed(chunk);
        page = trimmed(page);
        text = trimmed(text);
    }

    private static byte[] atLeast(byte[] array, int length) {
        return array.length < length ? new byte[length] : array;
    }

    private static byte[] trimmed(byte[] array) {
        return array.length <= KEPT_BYTES + Cursor.PADDING ? array : new byte[0];
    }
}
