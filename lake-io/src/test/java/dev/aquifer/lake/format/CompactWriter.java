package dev.aquifer.lake.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes Thrift's compact protocol by hand, for structures that no writer of Parquet would make. Fields ascend. */
public final class CompactWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Deque<Integer> outer = new ArrayDeque<>();
    private int last;

    private CompactWriter field(int id, int type) {
        out.write((id - last) << 4 | type);
        last = id;
        return this;
    }

    public CompactWriter bool(int id, boolean value) {
        return field(id, value ? 1 : 2);
    }

    public CompactWriter i32(int id, int value) {
        return field(id, 5).varint((long) value << 1 ^ value >> 31);
    }

    public CompactWriter i64(int id, long value) {
        return field(id, 6).varint(value << 1 ^ value >> 63);
    }

    public CompactWriter text(int id, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        field(id, 8).varint(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    /** Begins a list of fewer than 15 structures; each follows between {@link #element} and {@link #end}. */
    public CompactWriter list(int id, int size) {
        field(id, 9);
        out.write(size << 4 | 12);
        return this;
    }

    public CompactWriter element() {
        outer.push(last);
        last = 0;
        return this;
    }

    public CompactWriter struct(int id) {
        return field(id, 12).element();
    }

    /** Ends a structure. */
    public CompactWriter end() {
        out.write(0);
        last = outer.isEmpty() ? 0 : outer.pop();
        return this;
    }

    private CompactWriter varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}
