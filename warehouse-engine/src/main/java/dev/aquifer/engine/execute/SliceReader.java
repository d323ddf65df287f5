package dev.aquifer.engine.execute;

import dev.aquifer.engine.catalog.DataFile;
import dev.aquifer.lake.object.ObjectStore;
import dev.aquifer.lake.parquet.ColumnChunkReader;
import dev.aquifer.lake.parquet.RowGroup;
import dev.aquifer.lake.parquet.RowGroupReader;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.PartitionValue;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a fragment from a row group, in the types of the table. */
final class SliceReader {
    private final ObjectStore lake;
    private final DataFile file;
    private final List<Field> fields;
    private Map<String, ColumnChunkReader> readers = Map.of();
    private long bytesRead;

    SliceReader(ObjectStore lake, DataFile file, List<Field> fields) {
        this.lake = lake;
        this.file = file;
        this.fields = fields;
    }

    /** Compressed bytes that {@link #open} took from the lake. */
    long bytesRead() {
        return bytesRead;
    }

    /** Fetches the columns of a row group; {@link #stripe} decodes them. */
    void open(Slice slice) {
        List<String> stored = new ArrayList<>();
        RowGroup group = file.footer().rowGroups().get(slice.rowGroup());
        bytesRead = 0;
        for (Field field : fields) {
            int place = file.footer().indexOf(field.name());
            if (place >= 0 && Access.partition(file, field.name()) == null) {
                stored.add(field.name());
                bytesRead += group.chunks().get(place).compressedBytes();
            }
        }
        readers = RowGroupReader.open(lake, file.footer(), slice.rowGroup(), stored);
    }

    /** The columns of the next stripe, which has {@code rows} rows. */
    List<Column> stripe(int rows) {
        List<Column> columns = new ArrayList<>(fields.size());
        for (Field field : fields) {
            ColumnChunkReader reader = readers.get(field.name());
            Column column = reader == null ? told(field, rows) : reader.next();
            if (column == null || column.size() != rows) {
                throw new AquiferException(
                        ErrorCode.CORRUPT_FILE,
                        "column " + field.name() + " of " + file.object().uri() + " has fewer rows than its row group");
            }
            columns.add(widened(column, field));
        }
        return columns;
    }

    static int stripeRows(Slice slice, int stripe) {
        return (int) Math.min(Stripes.MAX_ROWS, slice.rows() - (long) stripe * Stripes.MAX_ROWS);
    }

    /** A column that the path tells, or that an older file does not have. */
    private Column told(Field field, int rows) {
        PartitionValue partition = Access.partition(file, field.name());
        @Nullable Object value = partition == null ? null : partition.value();
        return Columns.constant(field.type(), value, rows);
    }

    private Column widened(Column column, Field field) {
        DataType type = field.type();
        if (column.type().equals(type)) {
            return column;
        }
        boolean sameForm = column.type().physical() == type.physical();
        return switch (column) {
            case LongColumn longs when sameForm -> new LongColumn(type, longs.size(), longs.values(), longs.validity());
            case LongColumn longs when type.isDecimal() && column.type().isDecimal() -> wide(longs, type);
            case Int128Column wide
            when sameForm -> new Int128Column(type, wide.size(), wide.low(), wide.high(), wide.validity());
            case DoubleColumn doubles
            when sameForm -> new DoubleColumn(type, doubles.size(), doubles.values(), doubles.validity());
            default ->
                throw new AquiferException(
                        ErrorCode.UNSUPPORTED_FILE,
                        "column " + field.name() + " of " + file.object().uri() + " is " + column.type()
                                + ", which does not widen to " + type);
        };
    }

    private static Int128Column wide(LongColumn longs, DataType type) {
        long[] high = new long[longs.size()];
        for (int i = 0; i < high.length; i++) {
            high[i] = longs.values()[i] >> 63;
        }
        return new Int128Column(type, longs.size(), longs.values(), high, longs.validity());
    }
}
