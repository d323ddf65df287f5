package dev.aquifer.lake.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Thrift's compact protocol over an array, read field by field. A structure is read as
 *
 * <pre>{@code
 * int outer = in.enter();
 * while (in.nextField()) {
 *     switch (in.field()) {
 *         case 1 -> value = in.i32();
 *         default -> in.skip();
 *     }
 * }
 * in.leave(outer);
 * }</pre>
 *
 * Unknown fields are skipped. Every method throws {@link MalformedException} at the end of the bytes or where a field has
 * another type than asked for.
 */
public final class CompactReader {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I16 = 4;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int STRUCT = 12;
    private static final int UUID = 13;

    /** Room that a list takes before its elements are read: its length is the file's word. */
    private static final int FIRST_ELEMENTS = 1024;

    /** Parquet's own structures nest less than ten deep. */
    private static final int MAX_DEPTH = 32;

    private final byte[] bytes;
    private final int end;
    private int position;
    private int field;
    private int type;
    private int depth;

    /** Reads {@code bytes[from .. end)}. */
    public CompactReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.position = from;
        this.end = end;
    }

    /** Where the next byte is read. */
    public int position() {
        return position;
    }

    /** Begins a structure; the result goes to {@link #leave}. */
    public int enter() {
        if (++depth > MAX_DEPTH) {
            throw new MalformedException("structures nest deeper than " + MAX_DEPTH);
        }
        int outer = field;
        field = 0;
        return outer;
    }

    /** Ends a structure whose last field has been read. */
    public void leave(int outer) {
        depth--;
        field = outer;
    }

    /** Moves to the next field of the structure; false at its end. */
    public boolean nextField() {
        int header = u8();
        if (header == 0) {
            return false;
        }
        int delta = header >>> 4;
        type = header & 15;
        field = delta == 0 ? (short) zigzag() : field + delta;
        return true;
    }

    /** The id of the field. */
    public int field() {
        return field;
    }

    public boolean bool() {
        if (type != TRUE && type != FALSE) {
            throw unexpected("a boolean");
        }
        return type == TRUE;
    }

    /** Whether the field is a boolean. */
    public boolean isBool() {
        return type == TRUE || type == FALSE;
    }

    public int i8() {
        expect(BYTE, "a byte");
        return (byte) u8();
    }

    public int i32() {
        if (type != I32 && type != I16) {
            throw unexpected("a 32-bit integer");
        }
        long value = zigzag();
        if (value != (int) value) {
            throw new MalformedException("field " + field + " holds " + value + ", more than 32 bits");
        }
        return (int) value;
    }

    public long i64() {
        expect(I64, "a 64-bit integer");
        return zigzag();
    }

    public byte[] binary() {
        expect(BINARY, "bytes");
        int length = length();
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    public String string() {
        expect(BINARY, "text");
        int length = length();
        String value = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    /** The elements of a list of structures, each read by {@code element}, which calls {@link #enter} and so on. */
    public <T> List<T> structs(Supplier<T> element) {
        int size = listHeader(STRUCT);
        List<T> list = new ArrayList<>(Math.min(size, FIRST_ELEMENTS));
        for (int i = 0; i < size; i++) {
            list.add(element.get());
        }
        return list;
    }

    private int listHeader(int wanted) {
        expect(LIST, "a list");
        int header = u8();
        int size = header >>> 4 == 15 ? size() : header >>> 4;
        if (size > 0 && (header & 15) != wanted) {
            throw unexpected("a list of type " + wanted);
        }
        return bounded(size);
    }

    /** Every element of a list takes at least a byte, so that this bounds what a list can allocate. */
    private int bounded(int size) {
        if (size > end - position) {
            throw new MalformedException("a list of " + size + " elements in " + (end - position) + " bytes");
        }
        return size;
    }

    /** A structure is expected in this field. */
    public void expectStruct() {
        expect(STRUCT, "a structure");
    }

    /** Passes over the field's value. */
    public void skip() {
        skip(type, 0);
    }

    private void skip(int skipped, int nesting) {
        if (nesting > MAX_DEPTH) {
            throw new MalformedException("structures nest deeper than " + MAX_DEPTH);
        }
        switch (skipped) {
            case TRUE, FALSE -> {}
            case BYTE -> u8();
            case I16, I32, I64 -> varint();
            case DOUBLE -> advance(8);
            case BINARY -> advance(length());
            case UUID -> advance(16);
            case LIST, SET -> {
                int header = u8();
                int size = bounded(header >>> 4 == 15 ? size() : header >>> 4);
                for (int i = 0; i < size; i++) {
                    skipElement(header & 15, nesting + 1);
                }
            }
            case MAP -> {
                int size = bounded(size());
                int types = size == 0 ? 0 : u8();
                for (int i = 0; i < size; i++) {
                    skipElement(types >>> 4, nesting + 1);
                    skipElement(types & 15, nesting + 1);
                }
            }
            case STRUCT -> {
                while (true) {
                    int header = u8();
                    if (header == 0) {
                        return;
                    }
                    if (header >>> 4 == 0) {
                        varint();
                    }
                    skip(header & 15, nesting + 1);
                }
            }
            default -> throw new MalformedException("field " + field + " has the unknown type " + skipped);
        }
    }

    /** Inside of lists and maps a boolean has a byte of its own. */
    private void skipElement(int skipped, int nesting) {
        if (skipped == TRUE || skipped == FALSE) {
            u8();
        } else {
            skip(skipped, nesting);
        }
    }

    private void expect(int wanted, String what) {
        if (type != wanted) {
            throw unexpected(what);
        }
    }

    private MalformedException unexpected(String what) {
        return new MalformedException("field " + field + " has type " + type + " where " + what + " should be");
    }

    private int u8() {
        if (position >= end) {
            throw new MalformedException("the structure goes past its end");
        }
        return bytes[position++] & 0xff;
    }

    private void advance(int length) {
        if (length > end - position) {
            throw new MalformedException("a value of " + length + " bytes goes past its end");
        }
        position += length;
    }

    private int length() {
        int length = size();
        if (length > end - position) {
            throw new MalformedException("a value of " + length + " bytes in " + (end - position));
        }
        return length;
    }

    private int size() {
        long size = varint();
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw new MalformedException("a length of " + Long.toUnsignedString(size));
        }
        return (int) size;
    }

    private long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = u8();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedException("a number of more than 10 bytes");
    }
}
