package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a program through the vectors of a stripe: filters, and gives a frame of the rows that passed. Where few passed they are
 * moved together, so that what comes after has no holes to step over; where most did, the frame has all rows of the
 * vector and {@link #selection()} says which count.
 */
public final class Pipeline {
    private final Program program;
    private final MemoryReservation memory;
    private final List<ColumnReader> columns = new ArrayList<>();
    private final @Nullable Scan scan;
    private final Frame frame;
    private final List<CodedPredicate> predicates = new ArrayList<>();
    private final long[] passed = new long[Bits.WORDS];
    private final int[] rows = new int[Stripes.VECTOR_ROWS];
    private final int[] results;
    private boolean holes;
    private int stripeRows;
    /** Whether what is asked for is plain arithmetic in the stripe at hand. */
    private boolean plain;

    /**
     * @param results the registers that will be asked for
     * @param memory asked for the texts that are read and made; the caller closes it
     */
    public Pipeline(Program program, List<Argument> arguments, int[] results, MemoryReservation memory) {
        this.program = program;
        this.memory = memory;
        for (DataType type : program.columns()) {
            columns.add(new ColumnReader(type, memory));
        }
        this.results = results;
        this.scan = program.filter() < 0 ? null : new Scan(program, arguments, columns, memory);
        int[] needed = results;
        if (program.filter() >= 0) {
            // The filter may be the mask of a result; it is set, not computed.
            needed = Arrays.copyOf(results, results.length + 1);
            needed[results.length] = program.filter();
        }
        this.frame = Frame.of(program, arguments, columns, memory, needed);
        code(arguments, needed);
        frame.plan(results, program.filter());
    }

    /** Lets predicates over the texts of one column be looked up by code, the largest such parts of what is asked for. */
    private void code(List<Argument> arguments, int[] needed) {
        ColumnUse use = new ColumnUse(program);
        boolean[] open = new boolean[program.ops().size()];
        for (int register : needed) {
            open[register] = register != program.filter();
        }
        for (int i = open.length - 1; i >= 0; i--) {
            Op op = program.ops().get(i);
            if (!open[i] || op.primitive() == Primitive.LOAD || frame.isConstant(i)) {
                continue;
            }
            if (op.type().physical() == Physical.BOOL && use.column(i) >= 0 && use.readsText(i) && !frame.mayFail(i)) {
                CodedPredicate predicate =
                        new CodedPredicate(program, arguments, columns, memory, i, use.load(use.column(i)));
                predicates.add(predicate);
                frame.code(i, predicate);
            } else {
                op.args().forEach(arg -> open[arg] = true);
                if (op.mask() >= 0 && op.mask() != program.filter()) {
                    open[op.mask()] = true;
                }
            }
        }
    }

    /**
     * Goes to a stripe.
     *
     * @return false where its metadata says that no row passes
     */
    public boolean attach(Stripe stripe) {
        stripeRows = stripe.rows();
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).attach(stripe.columns().get(i));
        }
        predicates.forEach(CodedPredicate::attach);
        frame.bound();
        plain = frame.isPlain(results);
        return scan == null || scan.attach();
    }

    /** Whether the stripe's metadata says that all of its rows pass. */
    public boolean passesAll() {
        return scan == null || scan.passesAll();
    }

    /** Evaluates the filter over a vector; the frame of the rows that passed, or null where none did. */
    public @Nullable Frame vector(int vector) {
        int count = Math.min(Stripes.VECTOR_ROWS, stripeRows - vector * Stripes.VECTOR_ROWS);
        holes = false;
        Scan filter = scan;
        if (filter == null) {
            frame.beginVector(vector, count);
            frame.compute();
            return frame;
        }
        filter.filter(vector, count, passed);
        int left = Bits.count(passed);
        if (left == 0) {
            return null;
        }
        // Where nobody asks for values, nothing needs to be moved. Nor where many rows are left and arithmetic over all
        // of them is
        // quick: the whole vector is unpacked in either case.
        holes = left < count && (left * 4 >= count * 3 || results.length == 0 || plain && MaskedLongs.pays(left));
        if (holes || left == count) {
            frame.beginVector(vector, count);
        } else {
            Bits.indices(passed, rows);
            frame.beginSelected(vector, rows, left);
        }
        Register result = frame.preset(program.filter());
        System.arraycopy(holes ? passed : frame.all(), 0, result.bits, 0, Bits.WORDS);
        result.hasNulls = false;
        frame.compute();
        return frame;
    }

    /** The rows of the frame that passed, as a bitmap; all of its rows, where they were moved together. */
    public long[] selection() {
        return holes ? passed : frame.all();
    }

    /** Whether the frame has rows that did not pass. */
    public boolean hasHoles() {
        return holes;
    }
}
