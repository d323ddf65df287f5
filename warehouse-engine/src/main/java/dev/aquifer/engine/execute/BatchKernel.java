package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.BlockEncoder;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.fragment.Fragment;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/**
 * A fragment over batches, on a device of this process: the same programs that nodes run, so that there is one semantics.
 * Used by one thread.
 */
final class BatchKernel implements AutoCloseable {
    private final List<Integer> read;
    private final Kernel kernel;
    private final Accumulator accumulator;
    private final ExecutionContext context;
    private long ordinal;
    private boolean closed;

    /** @param read which columns of the batches are the fragment's */
    BatchKernel(Fragment fragment, List<Integer> read, Execution execution) {
        this.read = List.copyOf(read);
        CompiledFragment compiled = FragmentCompiler.compile(fragment);
        this.kernel = execution.devices().choose("auto", compiled.program()).compile(compiled.program());
        this.context = execution.context();
        this.accumulator = kernel.open(compiled.arguments(), context);
    }

    /** Runs over a batch of any size; gives rows for a Rows terminal, nothing for others. */
    List<Batch> run(Batch batch) {
        List<Batch> results = new ArrayList<>();
        for (int from = 0; from < batch.rows(); from += Stripes.MAX_ROWS) {
            int to = Math.min(batch.rows(), from + Stripes.MAX_ROWS);
            results.addAll(runStripe(batch, from, to));
        }
        return results;
    }

    private List<Batch> runStripe(Batch batch, int from, int to) {
        List<Column> columns = new ArrayList<>(read.size());
        for (int column : read) {
            columns.add(batch.column(column));
        }
        Batch rows = Columns.slice(new Batch(batch.rows(), columns), from, to);
        try (Arena arena = Arena.ofConfined()) {
            List<Block> blocks = new ArrayList<>(read.size());
            for (Column column : rows.columns()) {
                blocks.add(BlockEncoder.encode(column, arena));
            }
            return accumulator.run(new Stripe(ordinal++, rows.rows(), blocks));
        }
    }

    /** The results of an Aggregate or TopN terminal. */
    List<Batch> finish() {
        return kernel.combine(List.of(accumulator), context);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        accumulator.close();
        kernel.close();
    }
}
