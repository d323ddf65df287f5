package dev.aquifer.lake.page;

import dev.aquifer.lake.format.MalformedException;

/** BYTE_STREAM_SPLIT: the first bytes of all values, then all second bytes, and so on. */
final class SplitStreams {
    private final Cursor in;
    private final int width;
    private final int values;
    private int next;

    SplitStreams(Cursor in, int width) {
        if (width < 1 || in.remaining() % width != 0) {
            throw new MalformedException(
                    "it has " + in.remaining() + " bytes of split streams of values of " + width + " bytes");
        }
        this.in = in;
        this.width = width;
        this.values = in.remaining() / width;
    }

    int width() {
        return width;
    }

    /** Takes the next {@code count} values, and says the index of the first. */
    int take(int count) {
        if (count > values - next) {
            throw new MalformedException("it has " + values + " values and should have more");
        }
        int from = next;
        next += count;
        return from;
    }

    /** Adds the stream of byte {@code b} (0 is the lowest) of the values from {@code from} on. */
    void or(int b, int from, long[] out, int at, int count) {
        byte[] bytes = in.bytes;
        int base = in.position + b * values + from;
        int shift = 8 * b;
        for (int i = 0; i < count; i++) {
            out[at + i] |= (bytes[base + i] & 0xffL) << shift;
        }
    }

    /** Writes value {@code index}, byte for byte, to {@code out[at ..]}. */
    void copy(int index, byte[] out, int at) {
        for (int b = 0; b < width; b++) {
            out[at + b] = in.bytes[in.position + b * values + index];
        }
    }
}
