package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of columns taken, put together, cut. */
final class Columns {
    private Columns() {}

    /** The rows at some positions, in their order; position -1 is a row of nulls. */
    static Batch gather(Batch batch, int[] rows, int count) {
        List<Column> columns = new ArrayList<>(batch.columns().size());
        for (Column column : batch.columns()) {
            columns.add(gather(column, rows, count));
        }
        return new Batch(count, columns);
    }

    static Column gather(Column column, int[] rows, int count) {
        long[] validity = validity(column, rows, count);
        return switch (column) {
            case BoolColumn bools -> {
                long[] bits = new long[Bitmap.words(count)];
                for (int i = 0; i < count; i++) {
                    if (rows[i] >= 0 && Bitmap.get(bools.bits(), rows[i])) {
                        Bitmap.set(bits, i);
                    }
                }
                yield new BoolColumn(count, bits, validity);
            }
            case LongColumn longs -> new LongColumn(longs.type(), count, gather(longs.values(), rows, count), validity);
            case Int128Column wide ->
                new Int128Column(
                        wide.type(),
                        count,
                        gather(wide.low(), rows, count),
                        gather(wide.high(), rows, count),
                        validity);
            case DoubleColumn doubles -> {
                double[] values = new double[count];
                for (int i = 0; i < count; i++) {
                    values[i] = rows[i] < 0 ? 0 : doubles.values()[rows[i]];
                }
                yield new DoubleColumn(doubles.type(), count, values, validity);
            }
            case BytesColumn bytes -> gather(bytes, rows, count, validity);
        };
    }

    private static long[] gather(long[] values, int[] rows, int count) {
        long[] taken = new long[count];
        for (int i = 0; i < count; i++) {
            taken[i] = rows[i] < 0 ? 0 : values[rows[i]];
        }
        return taken;
    }

    private static BytesColumn gather(BytesColumn bytes, int[] rows, int count, long @Nullable [] validity) {
        int[] offsets = new int[count + 1];
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += rows[i] < 0 ? 0 : bytes.length(rows[i]);
            offsets[i + 1] = checkedLength(total);
        }
        byte[] data = new byte[(int) total];
        for (int i = 0; i < count; i++) {
            if (rows[i] >= 0) {
                System.arraycopy(bytes.data(), bytes.offsets()[rows[i]], data, offsets[i], bytes.length(rows[i]));
            }
        }
        return new BytesColumn(bytes.type(), count, data, offsets, validity);
    }

    private static int checkedLength(long bytes) {
        if (bytes > Integer.MAX_VALUE - 16) {
            throw new AquiferException(
                    ErrorCode.MEMORY_EXCEEDED, "a column of the engine's own work holds more than 2 GiB of text");
        }
        return (int) bytes;
    }

    private static long @Nullable [] validity(Column column, int[] rows, int count) {
        long[] given = column.validity();
        long[] validity = null;
        for (int i = 0; i < count; i++) {
            boolean isNull = rows[i] < 0 || given != null && !Bitmap.get(given, rows[i]);
            if (isNull) {
                if (validity == null) {
                    validity = Bitmap.ones(count);
                }
                Bitmap.clear(validity, i);
            }
        }
        return validity;
    }

    /** All rows of some batches as one. */
    static Batch concat(List<DataType> types, List<Batch> batches) {
        int rows = checkedRows(batches.stream().mapToLong(Batch::rows).sum());
        List<Column> columns = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            int place = i;
            columns.add(concat(
                    types.get(i),
                    batches.stream().map(batch -> batch.column(place)).toList(),
                    rows));
        }
        return new Batch(rows, columns);
    }

    /** @throws AquiferException MEMORY_EXCEEDED where one batch cannot have so many rows */
    static int checkedRows(long rows) {
        if (rows > Integer.MAX_VALUE - 16) {
            throw new AquiferException(
                    ErrorCode.MEMORY_EXCEEDED, "the engine's own work would hold " + rows + " rows at once");
        }
        return (int) rows;
    }

    /** Some columns as one of {@code rows} rows, which is how many they have. */
    static Column concat(DataType type, List<Column> parts, int rows) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        long[] validity = null;
        int at = 0;
        for (Column part : parts) {
            if (part.validity() != null) {
                if (validity == null) {
                    validity = Bitmap.ones(rows);
                }
                for (int i = 0; i < part.size(); i++) {
                    if (part.isNull(i)) {
                        Bitmap.clear(validity, at + i);
                    }
                }
            }
            at += part.size();
        }
        return switch (type.physical()) {
            case BOOL -> {
                ColumnBuilder builder = new ColumnBuilder(type, rows);
                for (Column part : parts) {
                    for (int i = 0; i < part.size(); i++) {
                        builder.append(part, i);
                    }
                }
                yield builder.build();
            }
            case LONG -> {
                long[] values = new long[rows];
                int to = 0;
                for (Column part : parts) {
                    System.arraycopy(((LongColumn) part).values(), 0, values, to, part.size());
                    to += part.size();
                }
                yield new LongColumn(type, rows, values, validity);
            }
            case INT128 -> {
                long[] low = new long[rows];
                long[] high = new long[rows];
                int to = 0;
                for (Column part : parts) {
                    System.arraycopy(((Int128Column) part).low(), 0, low, to, part.size());
                    System.arraycopy(((Int128Column) part).high(), 0, high, to, part.size());
                    to += part.size();
                }
                yield new Int128Column(type, rows, low, high, validity);
            }
            case DOUBLE -> {
                double[] values = new double[rows];
                int to = 0;
                for (Column part : parts) {
                    System.arraycopy(((DoubleColumn) part).values(), 0, values, to, part.size());
                    to += part.size();
                }
                yield new DoubleColumn(type, rows, values, validity);
            }
            case BYTES -> concatBytes(type, parts, rows, validity);
        };
    }

    private static Column concatBytes(DataType type, List<Column> parts, int rows, long @Nullable [] validity) {
        long total = 0;
        for (Column part : parts) {
            BytesColumn bytes = (BytesColumn) part;
            total += bytes.offsets()[bytes.size()] - bytes.offsets()[0];
        }
        byte[] data = new byte[checkedLength(total)];
        int[] offsets = new int[rows + 1];
        int row = 0;
        int end = 0;
        for (Column part : parts) {
            BytesColumn bytes = (BytesColumn) part;
            int base = bytes.offsets()[0];
            int length = bytes.offsets()[bytes.size()] - base;
            System.arraycopy(bytes.data(), base, data, end, length);
            for (int i = 0; i < bytes.size(); i++) {
                offsets[++row] = end + bytes.offsets()[i + 1] - base;
            }
            end += length;
        }
        return new BytesColumn(type, rows, data, offsets, validity);
    }

    /** Rows {@code from} to {@code to} of a batch. */
    static Batch slice(Batch batch, int from, int to) {
        if (from == 0 && to == batch.rows()) {
            return batch;
        }
        int[] rows = new int[to - from];
        Arrays.setAll(rows, i -> from + i);
        return gather(batch, rows, rows.length);
    }

    /** A column of one value. */
    static Column constant(DataType type, @Nullable Object value, int rows) {
        ColumnBuilder builder = new ColumnBuilder(type, rows);
        for (int i = 0; i < rows; i++) {
            builder.append(value);
        }
        return builder.build();
    }

    /** Two batches of equal rows side by side. */
    static Batch beside(Batch left, Batch right) {
        List<Column> columns = new ArrayList<>(left.columns());
        columns.addAll(right.columns());
        return new Batch(left.rows(), columns);
    }
}
