package dev.aquifer.engine.session;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A result that is there already. */
final class Rows implements QueryResult {
    private final List<Field> columns;
    private @Nullable Batch rows;
    private final long count;

    private Rows(List<Field> columns, Batch rows) {
        this.columns = List.copyOf(columns);
        this.rows = rows.rows() == 0 ? null : rows;
        this.count = rows.rows();
    }

    static Rows of(List<Field> columns, Batch rows) {
        return new Rows(columns, rows);
    }

    static Rows ofTexts(String name, List<String> lines) {
        List<Bytes> texts = lines.stream().map(Bytes::utf8).toList();
        return new Rows(
                List.of(new Field(name, DataType.VARCHAR)),
                new Batch(lines.size(), List.of(ColumnBuilder.of(DataType.VARCHAR, texts))));
    }

    @Override
    public List<Field> columns() {
        return columns;
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = rows;
        rows = null;
        return batch;
    }

    @Override
    public QueryStats stats() {
        return new QueryStats(Duration.ZERO, Duration.ZERO, count, List.of());
    }

    @Override
    public void cancel() {
        rows = null;
    }

    @Override
    public void close() {
        rows = null;
    }
}
