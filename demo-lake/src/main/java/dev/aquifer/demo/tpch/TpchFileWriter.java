package dev.aquifer.demo.tpch;

import io.trino.tpch.TpchEntity;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes one file of one table. */
final class TpchFileWriter {
    /**
     * Rows of a row group: four stripes. A row group is what is given to a node and fetched as a whole, so that even a small
     * table spreads over nodes and cores.
     */
    private static final int ROW_GROUP_ROWS = 4 * 65_536;

    /** No row group of these tables comes near it: the rows decide. */
    private static final long ROW_GROUP_BYTES = 1L << 30;

    /** How many rows are written between two words about progress. */
    private static final int REPORT_ROWS = 8_192;

    private TpchFileWriter() {}

    /**
     * @param rows told how many rows were written since the last call
     * @throws InterruptedIOException where the thread is interrupted
     */
    static <E extends TpchEntity> void write(
            TpchTableSpec<E> table, double scale, int file, int files, Path to, LongConsumer rows) throws IOException {
        try (ParquetWriter<E> writer = open(table, to)) {
            int unreported = 0;
            for (E row : table.rows(scale, file, files)) {
                writer.write(row);
                if (++unreported == REPORT_ROWS) {
                    if (Thread.interrupted()) {
                        throw new InterruptedIOException("interrupted while writing " + to);
                    }
                    rows.accept(unreported);
                    unreported = 0;
                }
            }
            rows.accept(unreported);
        }
    }

    private static <E extends TpchEntity> ParquetWriter<E> open(TpchTableSpec<E> table, Path to) throws IOException {
        Builder<E> builder = new Builder<>(new LocalOutputFile(to), table)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new ZstdCodec())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupRowCountLimit(ROW_GROUP_ROWS)
                .withRowGroupSize(ROW_GROUP_BYTES);
        for (TpchColumn<E> column : table.columns()) {
            if (!column.dictionary()) {
                // Would be given up anyway, after a page's worth of work.
                builder.withDictionaryEncoding(column.name(), false);
            }
        }
        return builder.build();
    }

    private static final class Builder<E extends TpchEntity> extends ParquetWriter.Builder<E, Builder<E>> {
        private final TpchTableSpec<E> table;

        Builder(OutputFile file, TpchTableSpec<E> table) {
            super(file);
            this.table = table;
        }

        @Override
        protected Builder<E> self() {
            return this;
        }

        /** Abstract above, though nothing calls it any more. */
        @Override
        @Deprecated
        protected WriteSupport<E> getWriteSupport(Configuration conf) {
            return new RowWriter<>(table);
        }

        @Override
        protected WriteSupport<E> getWriteSupport(ParquetConfiguration conf) {
            return new RowWriter<>(table);
        }
    }

    /** Hands the values of a row to the Parquet writer, column by column. */
    private static final class RowWriter<E extends TpchEntity> extends WriteSupport<E> {
        private final TpchTableSpec<E> table;
        private final List<TpchColumn<E>> columns;
        private @Nullable RecordConsumer to;

        RowWriter(TpchTableSpec<E> table) {
            this.table = table;
            this.columns = table.columns();
        }

        /** Abstract above, though nothing calls it any more. */
        @Override
        @Deprecated
        public WriteContext init(Configuration conf) {
            return new WriteContext(table.parquetSchema(), Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration conf) {
            return new WriteContext(table.parquetSchema(), Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            to = recordConsumer;
        }

        @Override
        public void write(E row) {
            RecordConsumer consumer = Objects.requireNonNull(to, "prepareForWrite comes first");
            consumer.startMessage();
            for (int i = 0; i < columns.size(); i++) {
                TpchColumn<E> column = columns.get(i);
                consumer.startField(column.name(), i);
                column.write(row, consumer);
                consumer.endField(column.name(), i);
            }
            consumer.endMessage();
        }
    }
}
