package dev.aquifer.spi.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Byte strings by their first eight bytes: most are told apart by one comparison of numbers. */
final class BytesPrefix {
    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BytesPrefix() {}

    /**
     * The first eight bytes as a number that orders as they do, unsigned; zeros stand for bytes behind the end, so equal
     * numbers leave open which string is less.
     */
    static long of(byte[] data, int from, int length) {
        if (from + Long.BYTES <= data.length) {
            long word = (long) BIG.get(data, from);
            return length >= Long.BYTES ? word : length == 0 ? 0 : word & -1L << (64 - 8 * length);
        }
        long word = 0;
        for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
            word |= (data[from + i] & 0xffL) << (56 - 8 * i);
        }
        return word;
    }
}
