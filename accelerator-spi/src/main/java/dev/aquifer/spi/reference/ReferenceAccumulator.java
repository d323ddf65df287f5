package dev.aquifer.spi.reference;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.BlockDecoder;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs stripes row by row into a sink. */
final class ReferenceAccumulator implements Accumulator {
    private final RowProgram rows;
    private final Program program;
    private final RowSink sink;
    private final ExecutionContext context;

    ReferenceAccumulator(RowProgram rows, RowSink sink, ExecutionContext context) {
        this.rows = rows;
        this.program = rows.program();
        this.sink = sink;
        this.context = context;
    }

    @Override
    public List<Batch> run(Stripe stripe) {
        List<DataType> types = stripe.columns().stream().map(Block::type).toList();
        if (!types.equals(program.columns())) {
            throw new IllegalArgumentException("blocks of " + types + " for a program over " + program.columns());
        }
        @Nullable Object[] row = new @Nullable Object[types.size()];
        @Nullable Object[] registers = new @Nullable Object[program.ops().size()];
        for (int i = 0; i < stripe.rows() && sink.wantsMore(); i++) {
            if (i % Stripes.VECTOR_ROWS == 0) {
                context.stop().check();
            }
            for (int column = 0; column < row.length; column++) {
                row[column] = BlockDecoder.value(stripe.columns().get(column), i);
            }
            rows.run(row, registers);
            if (program.filter() < 0 || Boolean.TRUE.equals(rows.defined(registers, program.filter()))) {
                sink.accept(registers, stripe.ordinal() * Stripes.MAX_ROWS + i);
            }
        }
        return sink.endStripe();
    }

    @Override
    public List<Batch> finish() {
        return sink.finish();
    }

    @Override
    public void close() {
        sink.close();
    }
}
