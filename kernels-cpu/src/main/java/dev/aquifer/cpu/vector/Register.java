package dev.aquifer.cpu.vector;

import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one register for the rows of a vector, in arrays of 1,024. Which arrays are there follows from the
 * {@link Physical} form. Whatever rows a program has asked for, a value in the first rows of the frame is always one of the
 * type, also where it is null or nobody needs it; bits and values past them are anything.
 */
public final class Register {
    private static final long[] NO_LONGS = new long[0];
    private static final int[] NO_INTS = new int[0];
    private static final byte[] NO_BYTES = new byte[0];
    private static final double[] NO_DOUBLES = new double[0];

    final DataType type;
    final Physical physical;

    /** BOOL. */
    long[] bits = NO_LONGS;
    /** LONG, and the low halves of INT128. */
    long[] longs = NO_LONGS;
    /** The high halves of INT128; written only where {@link #narrow} is false. */
    long[] highs = NO_LONGS;
    /** DOUBLE. */
    double[] doubles = NO_DOUBLES;
    /** BYTES: row {@code i} is {@code data[starts[i] .. starts[i] + lengths[i])}. */
    byte[] data = NO_BYTES;
    /** The bytes that {@link #putBytes} writes to; {@link #data} may be somebody else's. */
    private byte[] own = NO_BYTES;

    int[] starts = NO_INTS;
    int[] lengths = NO_INTS;
    private @Nullable MemoryReservation memory;
    /** Bytes of {@link #own} in use. */
    int used;

    final long[] valid = new long[Bits.WORDS];
    /** Whether {@link #valid} says anything; where it is false no row is null. */
    boolean hasNulls;

    /** The same value in all rows. The arrays hold it in every row all the same. */
    boolean constant;
    /** LONG: true. INT128: all values fit 64 bits, and the high halves are not written. Known from stripe to stripe. */
    boolean narrow;
    /** Bounds of all values of the stripe, null and unneeded rows included; for LONG and narrow INT128. */
    long min;

    long max;

    Register(DataType type, int rows) {
        this.type = type;
        this.physical = type.physical();
        switch (physical) {
            case BOOL -> bits = new long[Bits.WORDS];
            case LONG -> longs = new long[rows];
            case INT128 -> {
                longs = new long[rows];
                highs = new long[rows];
            }
            case DOUBLE -> doubles = new double[rows];
            case BYTES -> {
                starts = new int[rows];
                lengths = new int[rows];
            }
        }
        unbounded();
    }

    public DataType type() {
        return type;
    }

    public Physical physical() {
        return physical;
    }

    public long[] bits() {
        return bits;
    }

    public long[] longs() {
        return longs;
    }

    public long[] highs() {
        return highs;
    }

    public double[] doubles() {
        return doubles;
    }

    public byte[] data() {
        return data;
    }

    public int[] starts() {
        return starts;
    }

    public int[] lengths() {
        return lengths;
    }

    public long[] valid() {
        return valid;
    }

    public boolean hasNulls() {
        return hasNulls;
    }

    public boolean narrow() {
        return narrow;
    }

    public long min() {
        return min;
    }

    public long max() {
        return max;
    }

    public boolean isNull(int row) {
        return hasNulls && !Bits.get(valid, row);
    }

    /** The high half of an INT128, or the sign of a LONG. */
    public long high(int row) {
        return narrow ? longs[row] >> 63 : highs[row];
    }

    /** Says who is asked before the bytes that the register owns grow. */
    void account(MemoryReservation reservation) {
        memory = reservation;
    }

    /** Copies the first row's value to all rows. */
    void spread() {
        Arrays.fill(valid, hasNulls ? -(valid[0] & 1) : 0);
        switch (physical) {
            case BOOL -> Arrays.fill(bits, -(bits[0] & 1));
            case LONG, INT128 -> {
                Arrays.fill(longs, longs[0]);
                if (!narrow) {
                    Arrays.fill(highs, highs[0]);
                }
            }
            case DOUBLE -> Arrays.fill(doubles, doubles[0]);
            case BYTES -> {
                Arrays.fill(starts, starts[0]);
                Arrays.fill(lengths, lengths[0]);
            }
        }
        constant = true;
    }

    /** Nothing is known of the values but their type. */
    void unbounded() {
        narrow = physical == Physical.LONG;
        if (narrow) {
            min = type.minLong();
            max = type.maxLong();
        }
    }

    void bounds(long least, long greatest) {
        narrow = true;
        min = least;
        max = greatest;
    }

    /** The rows where a BOOL register is true, as word {@code word} of a bitmap. */
    public long truth(int word) {
        return hasNulls ? bits[word] & valid[word] : bits[word];
    }

    /** Makes a null wherever one of the arguments has one. */
    void nullsOf(Register arg) {
        hasNulls = arg.hasNulls;
        if (hasNulls) {
            System.arraycopy(arg.valid, 0, valid, 0, Bits.WORDS);
        }
    }

    void nullsOf(Register left, Register right) {
        if (left.hasNulls && right.hasNulls) {
            hasNulls = true;
            for (int word = 0; word < Bits.WORDS; word++) {
                valid[word] = left.valid[word] & right.valid[word];
            }
        } else {
            nullsOf(left.hasNulls ? left : right);
        }
    }

    void allNull() {
        hasNulls = true;
        Arrays.fill(valid, 0L);
    }

    /** Forgets the bytes of the last vector, and whoever else's they were. */
    void clearBytes() {
        used = 0;
        data = own;
    }

    /** Room for {@code length} more bytes at {@link #used}; the caller writes them and adds to it. */
    void reserveBytes(int length) {
        if (length > own.length - used) {
            long wanted = Math.max(Math.max(1024L, 2L * own.length), (long) used + length);
            if (used + (long) length > Integer.MAX_VALUE - 16) {
                throw Errors.textTooLarge();
            }
            int grown = (int) Math.min(wanted, Integer.MAX_VALUE - 16);
            if (memory != null) {
                memory.add(grown - own.length);
            }
            own = Arrays.copyOf(own, grown);
            data = own;
        }
    }

    /** Appends bytes as the value of a row. */
    void putBytes(int row, byte[] source, int from, int length) {
        reserveBytes(length);
        System.arraycopy(source, from, data, used, length);
        starts[row] = used;
        lengths[row] = length;
        used += length;
    }

    void putEmpty(int row) {
        starts[row] = 0;
        lengths[row] = 0;
    }
}
