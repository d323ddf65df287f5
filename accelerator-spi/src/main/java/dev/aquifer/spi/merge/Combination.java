package dev.aquifer.spi.merge;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.primitive.Sink;
import java.util.ArrayList;
import java.util.List;

/** How accumulators combine where a device has no way of its own: by their partial results. */
public final class Combination {
    private Combination() {}

    /** {@link dev.aquifer.spi.device.Kernel#combine} by {@link Accumulator#finish}. */
    public static List<Batch> of(Program program, List<? extends Accumulator> accumulators, ExecutionContext context) {
        List<Batch> parts = new ArrayList<>();
        for (Accumulator accumulator : accumulators) {
            context.stop().check();
            parts.addAll(accumulator.finish());
        }
        return switch (program.sink()) {
            case Sink.Rows rows -> parts;
            case Sink.TopN top -> accumulators.size() == 1 ? parts : first(program, top, parts, context);
            case Sink.Aggregate aggregate -> {
                AggregateShape shape = AggregateShape.of(program, aggregate);
                List<Batch> groups = accumulators.size() == 1 ? parts : merge(shape, parts, context);
                yield Completions.of(shape, aggregate.completion(), groups, context);
            }
        };
    }

    private static List<Batch> merge(AggregateShape shape, List<Batch> parts, ExecutionContext context) {
        try (AggregateMerger merger = new AggregateMerger(shape, context.memory())) {
            for (Batch part : parts) {
                context.stop().check();
                merger.add(part);
            }
            return merger.finish();
        }
    }

    private static List<Batch> first(Program program, Sink.TopN top, List<Batch> parts, ExecutionContext context) {
        try (TopNMerger merger = new TopNMerger(program.outputTypes(), top.keys(), top.limit(), context.memory())) {
            for (Batch part : parts) {
                context.stop().check();
                merger.add(part);
            }
            return merger.finish();
        }
    }
}
