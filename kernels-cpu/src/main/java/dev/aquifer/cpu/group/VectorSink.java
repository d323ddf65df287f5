package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Frame;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.primitive.Sink;
import java.util.List;

/** Takes the rows of each vector that pass the filter. */
public interface VectorSink extends AutoCloseable {
    /** The sink of a program. */
    static VectorSink of(Program program, MemoryBudget memory) {
        return switch (program.sink()) {
            case Sink.Rows rows -> new RowsSink(program, rows, memory);
            case Sink.TopN top -> new TopNSink(program, top, memory);
            case Sink.Aggregate aggregate -> new GroupSink(program, aggregate, memory);
        };
    }

    /** The registers it reads. */
    int[] registers();

    /** Whether it can do with rows later than they are found, as long as they come in order; where it may have enough, no. */
    boolean mayWait();

    /** Whether {@link #combine} can combine sinks of a program. */
    static boolean combines(Program program) {
        return program.sink() instanceof Sink.Aggregate;
    }

    /** The result of sinks of one program, where {@link #combines} says that this can be had; they are spent. */
    static List<Batch> combine(List<VectorSink> sinks, ExecutionContext context) {
        return CombinedGroups.of(sinks.stream().map(GroupSink.class::cast).toList(), context);
    }

    /**
     * A new stripe: bounds of registers, and blocks, are others than before.
     *
     * @param all whether it is known that all of its rows pass
     * @return whether it needs the rows; what it does not is had from the blocks' metadata already
     */
    boolean beginStripe(Stripe stripe, boolean all);

    /** Whether further rows of the stripe can matter. */
    boolean wantsMore();

    /**
     * Takes the rows of a frame.
     *
     * @param selection the rows that passed
     * @param holes whether the frame has others
     * @param position that of the frame's first row: stripe ordinal * 65,536 + {@link Frame#firstRow}
     */
    void accept(Frame frame, long[] selection, boolean holes, long position);

    /** What goes out at the end of a stripe. */
    List<Batch> endStripe();

    /** What goes out at the end. */
    List<Batch> finish();

    @Override
    void close();
}
