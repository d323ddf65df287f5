package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Frame;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.primitive.Sink;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;

/** The rows of each stripe that pass, at most the limit of each; their memory is the caller's once they are handed out. */
final class RowsSink implements VectorSink {
    private final List<DataType> types;
    private final int[] registers;
    private final long limit;
    private final MemoryReservation memory;
    private final RowNumbers numbers = new RowNumbers();
    private List<ColumnAppender> columns = List.of();
    private int rows;

    RowsSink(Program program, Sink.Rows sink, MemoryBudget budget) {
        this.types = program.outputTypes();
        this.registers = sink.outputs().stream().mapToInt(Integer::intValue).toArray();
        this.limit = sink.limit() < 0 ? Long.MAX_VALUE : sink.limit();
        this.memory = new MemoryReservation(budget);
    }

    @Override
    public int[] registers() {
        return registers;
    }

    @Override
    public boolean mayWait() {
        return limit == Long.MAX_VALUE;
    }

    @Override
    public boolean beginStripe(Stripe stripe, boolean all) {
        memory.close();
        columns = new ArrayList<>();
        for (DataType type : types) {
            columns.add(new ColumnAppender(type, memory));
        }
        rows = 0;
        return true;
    }

    @Override
    public boolean wantsMore() {
        return rows < limit;
    }

    @Override
    public void accept(Frame frame, long[] selection, boolean holes, long position) {
        if (holes) {
            numbers.of(selection);
        } else {
            numbers.all(frame.rows());
        }
        numbers.limit(limit - rows);
        for (int i = 0; i < registers.length; i++) {
            columns.get(i).append(frame.get(registers[i]), numbers);
        }
        rows += numbers.count();
    }

    @Override
    public List<Batch> endStripe() {
        if (rows == 0) {
            return List.of();
        }
        List<Column> built = new ArrayList<>();
        columns.forEach(column -> built.add(column.build()));
        columns = List.of();
        return List.of(new Batch(rows, built));
    }

    @Override
    public List<Batch> finish() {
        return List.of();
    }

    @Override
    public void close() {
        memory.close();
    }
}
