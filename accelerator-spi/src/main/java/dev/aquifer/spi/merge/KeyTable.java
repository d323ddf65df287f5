package dev.aquifer.spi.merge;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers distinct keys from 0 in the order they come. A key is held as a run of bytes, in which equal keys are equal:
 * per column one byte that tells null, then the value, a text with its length before it; -0.0 is written as 0.0 and every
 * NaN as one.
 */
final class KeyTable {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int MAX_GROUPS = 1 << 29;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final List<DataType> types;
    private final MemoryReservation memory;
    private final List<byte[]> chunks = new ArrayList<>();
    private int chunkUsed;
    /** By group: the chunk in the upper half, the offset in the lower. */
    private long[] places = new long[0];

    private int[] hashes = new int[0];
    /** Open addressing: group + 1, or 0 for free; a power of two long, at most half full. */
    private int[] slots = new int[0];

    private int size;
    private byte[] scratch = new byte[64];
    private int scratchUsed;

    KeyTable(List<DataType> types, MemoryReservation memory) {
        this.types = types;
        this.memory = memory;
    }

    int size() {
        return size;
    }

    /** The number of the key at a row: that of an equal key, or {@link #size()} as it was, if it is new. */
    int groupOf(Batch batch, int row) {
        write(batch, row);
        int hash = hash(scratch, scratchUsed);
        if (size * 2 >= slots.length) {
            grow();
        }
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int group = slots[slot] - 1;
            if (hashes[group] == hash && matches(group)) {
                return group;
            }
            slot = (slot + 1) & mask;
        }
        places[size] = store();
        hashes[size] = hash;
        slots[slot] = size + 1;
        return size++;
    }

    private void grow() {
        int capacity = Math.max(64, slots.length);
        if (capacity >= MAX_GROUPS) {
            throw new AquiferException(ErrorCode.MEMORY_EXCEEDED, "more than " + size + " groups");
        }
        // A slot table of twice the groups, and for each group a place and a hash.
        memory.add((8L + 8 + 4) * capacity);
        long before = 4L * slots.length + 12L * places.length;
        places = Arrays.copyOf(places, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        slots = new int[2 * capacity];
        for (int group = 0; group < size; group++) {
            int slot = hashes[group] & slots.length - 1;
            while (slots[slot] != 0) {
                slot = (slot + 1) & slots.length - 1;
            }
            slots[slot] = group + 1;
        }
        memory.remove(before);
    }

    private boolean matches(int group) {
        byte[] chunk = chunks.get((int) (places[group] >>> 32));
        int from = (int) places[group];
        // Keys are free of prefixes of one another, so the scratch's length is the stored one's if the bytes match.
        return chunk.length - from >= scratchUsed
                && Arrays.equals(chunk, from, from + scratchUsed, scratch, 0, scratchUsed);
    }

    private long store() {
        if (chunks.isEmpty() || chunks.getLast().length - chunkUsed < scratchUsed) {
            int length = Math.max(CHUNK_BYTES, scratchUsed);
            memory.add(length);
            chunks.add(new byte[length]);
            chunkUsed = 0;
        }
        System.arraycopy(scratch, 0, chunks.getLast(), chunkUsed, scratchUsed);
        long place = (long) (chunks.size() - 1) << 32 | chunkUsed;
        chunkUsed += scratchUsed;
        return place;
    }

    private void write(Batch batch, int row) {
        scratchUsed = 0;
        for (int i = 0; i < types.size(); i++) {
            Column column = batch.column(i);
            if (column.isNull(row)) {
                room(1)[scratchUsed++] = 0;
                continue;
            }
            room(1)[scratchUsed++] = 1;
            switch (column) {
                case BoolColumn bools -> room(1)[scratchUsed++] = (byte) (Bitmap.get(bools.bits(), row) ? 1 : 0);
                case LongColumn numbers -> writeLong(numbers.values()[row]);
                case Int128Column wide -> {
                    writeLong(wide.low()[row]);
                    writeLong(wide.high()[row]);
                }
                case DoubleColumn floats -> writeLong(Double.doubleToLongBits(floats.values()[row] + 0.0));
                case BytesColumn bytes -> {
                    int length = bytes.length(row);
                    INT.set(room(4), scratchUsed, length);
                    scratchUsed += 4;
                    System.arraycopy(bytes.data(), bytes.offsets()[row], room(length), scratchUsed, length);
                    scratchUsed += length;
                }
            }
        }
    }

    private void writeLong(long value) {
        LONG.set(room(8), scratchUsed, value);
        scratchUsed += 8;
    }

    private byte[] room(int bytes) {
        if (scratch.length - scratchUsed < bytes) {
            long wanted = Math.max(2L * scratch.length, (long) scratchUsed + bytes);
            if (wanted > Integer.MAX_VALUE - 16) {
                throw new AquiferException(ErrorCode.MEMORY_EXCEEDED, "a group key of " + wanted + " bytes");
            }
            scratch = Arrays.copyOf(scratch, (int) wanted);
        }
        return scratch;
    }

    private static int hash(byte[] bytes, int length) {
        long hash = length * 0x9E37_79B9_7F4A_7C15L;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            hash = (hash ^ (long) LONG.get(bytes, i)) * 0xD6E8_FEB8_6659_FD93L;
            hash ^= hash >>> 32;
        }
        for (; i < length; i++) {
            hash = (hash ^ bytes[i]) * 0xD6E8_FEB8_6659_FD93L;
            hash ^= hash >>> 32;
        }
        hash *= 0xD6E8_FEB8_6659_FD93L;
        return (int) (hash ^ hash >>> 32);
    }

    /** Appends the key of a group to one builder a column. */
    void append(int group, List<ColumnBuilder> builders) {
        byte[] chunk = chunks.get((int) (places[group] >>> 32));
        int at = (int) places[group];
        for (int i = 0; i < types.size(); i++) {
            ColumnBuilder builder = builders.get(i);
            if (chunk[at++] == 0) {
                builder.appendNull();
                continue;
            }
            switch (types.get(i).physical()) {
                case BOOL -> builder.appendBool(chunk[at++] != 0);
                case LONG -> {
                    builder.appendLong((long) LONG.get(chunk, at));
                    at += 8;
                }
                case INT128 -> {
                    builder.appendInt128((long) LONG.get(chunk, at), (long) LONG.get(chunk, at + 8));
                    at += 16;
                }
                case DOUBLE -> {
                    builder.appendDouble(Double.longBitsToDouble((long) LONG.get(chunk, at)));
                    at += 8;
                }
                case BYTES -> {
                    int length = (int) INT.get(chunk, at);
                    builder.appendBytes(chunk, at + 4, length);
                    at += 4 + length;
                }
            }
        }
    }
}
