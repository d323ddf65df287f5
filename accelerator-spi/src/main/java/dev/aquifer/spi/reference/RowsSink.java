package dev.aquifer.spi.reference;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.primitive.Sink;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of each stripe, at most the limit of each: which stripes come first is not known here. */
final class RowsSink implements RowSink {
    private final RowProgram program;
    private final Sink.Rows sink;
    private final List<DataType> types;
    private List<ColumnBuilder> builders;
    private int rows;

    RowsSink(RowProgram program, Sink.Rows sink) {
        this.program = program;
        this.sink = sink;
        this.types = program.program().outputTypes();
        this.builders = builders(types);
    }

    static List<ColumnBuilder> builders(List<DataType> types) {
        List<ColumnBuilder> builders = new ArrayList<>();
        for (DataType type : types) {
            builders.add(new ColumnBuilder(type, 16));
        }
        return builders;
    }

    static Batch build(int rows, List<ColumnBuilder> builders) {
        List<Column> columns = new ArrayList<>();
        builders.forEach(builder -> columns.add(builder.build()));
        return new Batch(rows, columns);
    }

    @Override
    public boolean wantsMore() {
        return sink.limit() < 0 || rows < sink.limit();
    }

    @Override
    public void accept(@Nullable Object[] registers, long position) {
        for (int i = 0; i < sink.outputs().size(); i++) {
            builders.get(i).append(program.defined(registers, sink.outputs().get(i)));
        }
        rows++;
    }

    @Override
    public List<Batch> endStripe() {
        if (rows == 0) {
            return List.of();
        }
        Batch batch = build(rows, builders);
        rows = 0;
        builders = builders(types);
        return List.of(batch);
    }

    @Override
    public List<Batch> finish() {
        return List.of();
    }

    @Override
    public void close() {
        // Rows go out with their stripe; nothing is held.
    }
}
