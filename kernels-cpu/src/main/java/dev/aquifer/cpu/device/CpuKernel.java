package dev.aquifer.cpu.device;

import dev.aquifer.cpu.group.VectorSink;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.merge.Combination;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Program;
import java.util.ArrayList;
import java.util.List;

/** A program; what depends on its constants is prepared when an execution brings them. */
final class CpuKernel implements Kernel {
    private final Program program;

    CpuKernel(Program program) {
        this.program = program;
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public Accumulator open(List<Argument> arguments, ExecutionContext context) {
        program.checkArguments(arguments);
        return new CpuAccumulator(program, arguments, context);
    }

    @Override
    public List<Batch> combine(List<? extends Accumulator> accumulators, ExecutionContext context) {
        if (!VectorSink.combines(program)) {
            return Combination.of(program, accumulators, context);
        }
        List<VectorSink> sinks = new ArrayList<>();
        accumulators.forEach(accumulator -> sinks.add(((CpuAccumulator) accumulator).sink()));
        return VectorSink.combine(sinks, context);
    }

    @Override
    public void close() {
        // Nothing but garbage is held.
    }
}
