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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a program through the vectors of a stripe: filters, and gives frames of the rows that passed, in order. Where few passed
 * they are moved together, so that what comes after has no holes to step over; where very few did, they wait for those of
 * the next vectors, so that what comes after is asked once for many; where most did, the frame has all rows of the vector
 * and {@link #selection()} says which count.
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
    /** Rows of the stripe that passed and are in no frame yet; with room for a vector's more than a frame has. */
    private final int[] waiting = new int[2 * Stripes.VECTOR_ROWS];

    private final int[] results;
    private final boolean mayWait;
    private int waitingCount;
    private boolean waits;
    private boolean holes;
    private int stripeRows;
    /** Whether what is asked for is plain arithmetic in the stripe at hand. */
    private boolean plain;

    /**
     * @param results the registers that will be asked for
     * @param mayWait whether rows may be handed on later than they are found
     * @param memory asked for the texts that are read and made; the caller closes it
     */
    public Pipeline(
            Program program, List<Argument> arguments, int[] results, boolean mayWait, MemoryReservation memory) {
        this.program = program;
        this.memory = memory;
        for (DataType type : program.columns()) {
            columns.add(new ColumnReader(type, memory));
        }
        this.results = results;
        this.mayWait = mayWait && results.length > 0;
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
        waitingCount = 0;
        waits = mayWait && frame.gathersAcross();
        plain = frame.isPlain(results);
        return scan == null || scan.attach();
    }

    /** Whether the stripe's metadata says that all of its rows pass. */
    public boolean passesAll() {
        return scan == null || scan.passesAll();
    }

    /** Evaluates the filter over a vector, and hands on the frames of rows that wait no longer; none where no row passed. */
    public void vector(int vector, Consumer<Frame> to) {
        int count = Math.min(Stripes.VECTOR_ROWS, stripeRows - vector * Stripes.VECTOR_ROWS);
        Scan filter = scan;
        if (filter == null) {
            holes = false;
            frame.beginVector(vector, count);
            frame.compute();
            to.accept(frame);
            return;
        }
        filter.filter(vector, count, passed);
        int left = Bits.count(passed);
        if (left == 0) {
            return;
        }
        if (waits && left <= ColumnReader.FEW) {
            if (waitingCount + left > Stripes.VECTOR_ROWS) {
                rest(to);
            }
            waitingCount += Bits.indices(passed, vector * Stripes.VECTOR_ROWS, waiting, waitingCount);
            return;
        }
        rest(to);
        // Where nobody asks for values, nothing needs to be moved. Nor where many rows are left and arithmetic over all
        // of
        // them is quick: the whole vector is unpacked in either case.
        holes = left < count && (left * 4 >= count * 3 || results.length == 0 || plain && MaskedLongs.pays(left));
        if (holes || left == count) {
            frame.beginVector(vector, count);
        } else {
            Bits.indices(passed, rows);
            frame.beginSelected(vector, rows, left);
        }
        handOn(to);
    }

    /** Hands on the rows that still wait, after the last vector. */
    public void rest(Consumer<Frame> to) {
        if (waitingCount > 0) {
            holes = false;
            frame.beginAcross(waiting, waitingCount);
            waitingCount = 0;
            handOn(to);
        }
    }

    private void handOn(Consumer<Frame> to) {
        Register result = frame.preset(program.filter());
        System.arraycopy(holes ? passed : frame.all(), 0, result.bits, 0, Bits.WORDS);
        result.hasNulls = false;
        frame.compute();
        to.accept(frame);
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
