package dev.aquifer.protocol.arrow;

import dev.aquifer.spi.batch.Bitmap;
import java.nio.ByteBuffer;

/** Bitmaps between words and bytes. Arrow's bit order is that of little-endian words, so whole words are copied. */
final class Bits {
    private Bits() {}

    static int bytes(int bits) {
        return (bits + 7) >>> 3;
    }

    /** Writes bits {@code from} to {@code to} from the start of a little-endian buffer; the last byte's spare bits are zero. */
    static void write(long[] words, int from, int to, ByteBuffer out) {
        int rows = to - from;
        int whole = rows >>> 6;
        for (int i = 0; i < whole; i++) {
            out.putLong(i << 3, word(words, from + (i << 6)));
        }
        int rest = rows & 63;
        if (rest > 0) {
            long last = word(words, from + (whole << 6)) & -1L >>> -rest;
            for (int i = whole << 3; i < bytes(rows); i++) {
                out.put(i, (byte) last);
                last >>>= Byte.SIZE;
            }
        }
    }

    /** How many of the bits {@code from} to {@code to} are set. */
    static int count(long[] words, int from, int to) {
        int count = 0;
        int bit = from;
        for (; to - bit >= Long.SIZE; bit += Long.SIZE) {
            count += Long.bitCount(word(words, bit));
        }
        return bit == to ? count : count + Long.bitCount(word(words, bit) & -1L >>> bit - to);
    }

    /** The 64 bits from any bit on; those past the end of the words are zero. */
    private static long word(long[] words, int bit) {
        int index = bit >>> 6;
        int shift = bit & 63;
        long low = words[index] >>> shift;
        return shift == 0 || index + 1 == words.length ? low : low | words[index + 1] << -shift;
    }

    /** Writes {@code rows} set bits. */
    static void writeOnes(int rows, ByteBuffer out) {
        write(Bitmap.ones(rows), 0, rows, out);
    }

    /** Reads {@code rows} bits from the start of a little-endian buffer that has them; bits past the last are zero. */
    static long[] read(ByteBuffer in, int rows) {
        long[] words = new long[Bitmap.words(rows)];
        int whole = rows >>> 6;
        for (int i = 0; i < whole; i++) {
            words[i] = in.getLong(i << 3);
        }
        int rest = rows & 63;
        if (rest > 0) {
            long last = 0;
            for (int i = bytes(rows) - 1; i >= whole << 3; i--) {
                last = last << Byte.SIZE | Byte.toUnsignedLong(in.get(i));
            }
            words[whole] = last & -1L >>> -rest;
        }
        return words;
    }
}
