package dev.aquifer.spi.reference;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.merge.Combination;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.primitive.Sink;
import java.util.List;

/** A program for the reference device; nothing is prepared until arguments are there. */
final class ReferenceKernel implements Kernel {
    private final Program program;

    ReferenceKernel(Program program) {
        this.program = program;
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public Accumulator open(List<Argument> arguments, ExecutionContext context) {
        RowProgram rows = new RowProgram(program, arguments);
        RowSink sink = switch (program.sink()) {
            case Sink.Rows out -> new RowsSink(rows, out);
            case Sink.Aggregate aggregate -> new AggregateSink(rows, aggregate, context.memory());
            case Sink.TopN top -> new TopNSink(rows, top, context.memory());
        };
        return new ReferenceAccumulator(rows, sink, context);
    }

    @Override
    public List<Batch> combine(List<? extends Accumulator> accumulators, ExecutionContext context) {
        return Combination.of(program, accumulators, context);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
