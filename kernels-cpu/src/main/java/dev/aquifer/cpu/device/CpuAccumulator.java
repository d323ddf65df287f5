package dev.aquifer.cpu.device;

import dev.aquifer.cpu.group.VectorSink;
import dev.aquifer.cpu.vector.Frame;
import dev.aquifer.cpu.vector.Pipeline;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Program;
import java.util.List;
import java.util.function.Consumer;

/** Runs stripes vector by vector: filter, operations, sink. */
final class CpuAccumulator implements Accumulator {
    private final Program program;
    private final ExecutionContext context;
    /** What registers of texts hold. */
    private final MemoryReservation texts;

    private final VectorSink sink;
    private final Pipeline pipeline;
    private final Consumer<Frame> frames = this::accept;
    private long position;

    CpuAccumulator(Program program, List<Argument> arguments, ExecutionContext context) {
        this.program = program;
        this.context = context;
        this.texts = new MemoryReservation(context.memory());
        this.sink = VectorSink.of(program, context.memory());
        boolean made = false;
        try {
            this.pipeline = new Pipeline(program, arguments, sink.registers(), sink.mayWait(), texts);
            made = true;
        } finally {
            // A malformed constant: what is held already goes back.
            if (!made) {
                close();
            }
        }
    }

    @Override
    public List<Batch> run(Stripe stripe) {
        if (stripe.columns().size() != program.columns().size()) {
            throw new IllegalArgumentException(
                    "a stripe of " + stripe.columns() + " for a program over " + program.columns());
        }
        context.stop().check();
        boolean any = pipeline.attach(stripe);
        boolean wanted = sink.beginStripe(stripe, any && pipeline.passesAll());
        if (any && wanted) {
            int vectors = Stripes.vectors(stripe.rows());
            position = stripe.ordinal() * Stripes.MAX_ROWS;
            for (int vector = 0; vector < vectors && sink.wantsMore(); vector++) {
                context.stop().check();
                pipeline.vector(vector, frames);
            }
            pipeline.rest(frames);
        }
        return sink.endStripe();
    }

    private void accept(Frame frame) {
        sink.accept(frame, pipeline.selection(), pipeline.hasHoles(), position + frame.firstRow());
    }

    VectorSink sink() {
        return sink;
    }

    @Override
    public List<Batch> finish() {
        return sink.finish();
    }

    @Override
    public void close() {
        texts.close();
        sink.close();
    }
}
