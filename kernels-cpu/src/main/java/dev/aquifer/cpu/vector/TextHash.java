package dev.aquifer.cpu.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A hash of bytes, eight at a time. */
public final class TextHash {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0xD6E8_FEB8_6659_FD93L;

    private TextHash() {}

    public static int of(byte[] data, int from, int length) {
        long hash = length * 0x9E37_79B9_7F4A_7C15L;
        int at = from;
        int end = from + length;
        for (; at + 8 <= end; at += 8) {
            hash = mix(hash ^ (long) LONG.get(data, at));
        }
        long rest = 0;
        for (int shift = 0; at < end; at++, shift += 8) {
            rest |= (data[at] & 0xffL) << shift;
        }
        return (int) mix(hash ^ rest);
    }

    /** A mixed long; the lower half is as good as the upper. */
    public static long mix(long value) {
        long mixed = value * MIX;
        mixed ^= mixed >>> 32;
        mixed *= MIX;
        return mixed ^ mixed >>> 32;
    }
}
