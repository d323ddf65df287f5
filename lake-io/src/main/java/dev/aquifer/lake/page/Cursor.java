package dev.aquifer.lake.page;

import dev.aquifer.lake.format.MalformedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A place in the bytes of a page. */
public final class Cursor {
    /** Bytes that an array must have after the end of a page in it. */
    public static final int PADDING = 16;

    static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle DOUBLE = MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    final byte[] bytes;
    final int end;
    int position;

    Cursor(byte[] bytes, int position, int end) {
        if (bytes.length - end < PADDING) {
            throw new IllegalArgumentException("a page that ends at " + end + " in an array of " + bytes.length);
        }
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    int remaining() {
        return end - position;
    }

    /** Takes the next {@code length} bytes, and says where they begin. */
    int take(long length, String what) {
        if (length < 0 || length > remaining()) {
            throw new MalformedException(what + ": " + length + " bytes in a page that has " + remaining() + " left");
        }
        int from = position;
        position += (int) length;
        return from;
    }

    int u8(String what) {
        return bytes[take(1, what)] & 0xff;
    }

    int i32(String what) {
        return (int) INT.get(bytes, take(4, what));
    }

    /** An unsigned number of 7 bits a byte, at most {@link Integer#MAX_VALUE}. */
    int count(String what) {
        long value = varint(what);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new MalformedException(what + " is " + Long.toUnsignedString(value));
        }
        return (int) value;
    }

    long zigzag(String what) {
        long value = varint(what);
        return (value >>> 1) ^ -(value & 1);
    }

    long varint(String what) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = u8(what);
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedException(what + " has more than 10 bytes");
    }
}
