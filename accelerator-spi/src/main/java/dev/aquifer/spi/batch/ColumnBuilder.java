package dev.aquifer.spi.batch;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.Physical;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Grows a column value by value. The typed {@code append} methods must fit the type's {@link Physical} form. */
public final class ColumnBuilder {
    private final DataType type;
    private final Physical physical;
    private int size;
    private long[] validity;
    private boolean hasNulls;
    /** Values of LONG, low halves of INT128, bits of BOOL. */
    private long[] longs = new long[0];

    private long[] high = new long[0];
    private double[] doubles = new double[0];
    private byte[] data = new byte[0];
    private int[] offsets = new int[0];

    public ColumnBuilder(DataType type, int capacity) {
        this.type = type;
        this.physical = type.physical();
        this.validity = new long[Bitmap.words(capacity)];
        switch (physical) {
            case BOOL -> longs = new long[Bitmap.words(capacity)];
            case LONG -> longs = new long[capacity];
            case INT128 -> {
                longs = new long[capacity];
                high = new long[capacity];
            }
            case DOUBLE -> doubles = new double[capacity];
            case BYTES -> {
                offsets = new int[capacity + 1];
                data = new byte[Math.max(16, capacity * 8)];
            }
        }
    }

    /** A column of boxed physical values. */
    public static Column of(DataType type, List<? extends @Nullable Object> values) {
        ColumnBuilder builder = new ColumnBuilder(type, values.size());
        for (Object value : values) {
            builder.append(value);
        }
        return builder.build();
    }

    public DataType type() {
        return type;
    }

    public int size() {
        return size;
    }

    /** Appends a boxed physical value (see {@code dev.aquifer.spi.type}). */
    public void append(@Nullable Object value) {
        if (value == null) {
            appendNull();
            return;
        }
        switch (physical) {
            case BOOL -> appendBool((Boolean) value);
            case LONG -> appendLong((Long) value);
            case INT128 -> {
                BigInteger big = (BigInteger) value;
                appendInt128(big.longValue(), Int128.high(big));
            }
            case DOUBLE -> appendDouble((Double) value);
            case BYTES -> {
                Bytes bytes = (Bytes) value;
                appendBytes(bytes.array(), 0, bytes.length());
            }
        }
    }

    /** Appends the value at a row of a column of the same physical form. */
    public void append(Column column, int row) {
        if (column.isNull(row)) {
            appendNull();
            return;
        }
        switch (column) {
            case BoolColumn bools -> appendBool(Bitmap.get(bools.bits(), row));
            case LongColumn numbers -> appendLong(numbers.values()[row]);
            case Int128Column wide -> appendInt128(wide.low()[row], wide.high()[row]);
            case DoubleColumn floats -> appendDouble(floats.values()[row]);
            case BytesColumn bytes -> appendBytes(bytes.data(), bytes.offsets()[row], bytes.length(row));
        }
    }

    public void appendNull() {
        hasNulls = true;
        reserve();
        if (physical == Physical.BYTES) {
            offsets[size + 1] = offsets[size];
        }
        size++;
    }

    public void appendBool(boolean value) {
        reserve();
        if (value) {
            Bitmap.set(longs, size);
        }
        valid();
    }

    public void appendLong(long value) {
        reserve();
        longs[size] = value;
        valid();
    }

    public void appendInt128(long low, long highHalf) {
        reserve();
        longs[size] = low;
        high[size] = highHalf;
        valid();
    }

    public void appendDouble(double value) {
        reserve();
        doubles[size] = value;
        valid();
    }

    public void appendBytes(byte[] source, int from, int length) {
        reserve();
        int end = offsets[size];
        if (length > data.length - end) {
            if ((long) end + length > Integer.MAX_VALUE - 16) {
                throw new AquiferException(
                        ErrorCode.MEMORY_EXCEEDED, "a column of one batch holds more than 2 GiB of text");
            }
            data = Arrays.copyOf(data, (int)
                    Math.min(Integer.MAX_VALUE - 16, Math.max(data.length * 2L, end + (long) length)));
        }
        System.arraycopy(source, from, data, end, length);
        offsets[size + 1] = end + length;
        valid();
    }

    private void valid() {
        Bitmap.set(validity, size);
        size++;
    }

    private void reserve() {
        if (size >= validity.length << 6) {
            validity = Arrays.copyOf(validity, Math.max(4, validity.length * 2));
        }
        switch (physical) {
            case BOOL -> {
                if (size >= longs.length << 6) {
                    longs = Arrays.copyOf(longs, Math.max(4, longs.length * 2));
                }
            }
            case LONG -> {
                if (size >= longs.length) {
                    longs = Arrays.copyOf(longs, grown());
                }
            }
            case INT128 -> {
                if (size >= longs.length) {
                    longs = Arrays.copyOf(longs, grown());
                    high = Arrays.copyOf(high, grown());
                }
            }
            case DOUBLE -> {
                if (size >= doubles.length) {
                    doubles = Arrays.copyOf(doubles, grown());
                }
            }
            case BYTES -> {
                if (size + 1 >= offsets.length) {
                    offsets = Arrays.copyOf(offsets, grown() + 1);
                }
            }
        }
    }

    private int grown() {
        return Math.max(16, size * 2);
    }

    /** The column so far. The builder must not be used afterwards. */
    public Column build() {
        long[] nulls = hasNulls ? Arrays.copyOf(validity, Bitmap.words(size)) : null;
        return switch (physical) {
            case BOOL -> new BoolColumn(size, Arrays.copyOf(longs, Bitmap.words(size)), nulls);
            case LONG -> new LongColumn(type, size, Arrays.copyOf(longs, size), nulls);
            case INT128 -> new Int128Column(type, size, Arrays.copyOf(longs, size), Arrays.copyOf(high, size), nulls);
            case DOUBLE -> new DoubleColumn(type, size, Arrays.copyOf(doubles, size), nulls);
            case BYTES ->
                new BytesColumn(
                        type, size, Arrays.copyOf(data, offsets[size]), Arrays.copyOf(offsets, size + 1), nulls);
        };
    }
}
