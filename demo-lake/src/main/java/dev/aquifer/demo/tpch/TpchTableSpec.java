package dev.aquifer.demo.tpch;

import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A table of TPC-H.
 *
 * @param rowsAtOne rows at scale 1; of lineitem about, as the number of lines of an order is random
 * @param grows whether the rows grow with the scale
 */
record TpchTableSpec<E extends TpchEntity>(
        TpchTable<E> generator, long rowsAtOne, boolean grows, List<TpchColumn<E>> columns) {
    /** Rows of one file, about: several files for big tables, as a real lake has them. */
    private static final long ROWS_PER_FILE = 1_500_000;

    String name() {
        return generator.getTableName();
    }

    long expectedRows(double scale) {
        return grows ? Math.max(1, Math.round(rowsAtOne * scale)) : rowsAtOne;
    }

    int files(double scale) {
        return Math.toIntExact(Math.ceilDiv(expectedRows(scale), ROWS_PER_FILE));
    }

    Iterable<E> rows(double scale, int file, int files) {
        return generator.createGenerator(scale, file + 1, files);
    }

    MessageType parquetSchema() {
        List<Type> types = columns.stream().map(TpchColumn::parquetType).toList();
        return new MessageType(name(), types);
    }
}
