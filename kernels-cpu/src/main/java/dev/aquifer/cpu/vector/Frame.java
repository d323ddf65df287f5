package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.primitive.Program;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program's registers for some rows: all of a vector, or the selected ones of it moved to the front, or distinct values
 * of a column in the place of its rows. Columns are read when an operation asks for them; constants are there from the start.
 * Operations run in program order, so where a row fails, it fails with the first operation that fails for it.
 */
public final class Frame {
    private static final int CONSTANT = Integer.MAX_VALUE;

    private final Program program;
    private final Dependencies dependencies;
    private final List<ColumnReader> columns;
    private final Operation[] operations;
    /** What reads a register that is a column; null where it is none. */
    private final @Nullable ColumnReader[] loads;

    private final Register[] registers;
    /** The stamp of the rows that a register holds values for. */
    private final int[] stamps;

    private int stamp;
    private int rows;
    private int vector;
    private int @Nullable [] selected;
    /** Whether the selected rows are of several vectors, by their number in the stripe. */
    private boolean across;

    private final long[] all = new long[Bits.WORDS];
    private final long[] active = new long[Bits.WORDS];
    private final int[][] closures;
    /** Registers that are what a predicate over one column's distinct values tells; null where they are computed. */
    private final @Nullable CodedPredicate[] coded;

    private boolean folding;
    private int[] planned = new int[0];
    /** The columns that {@link #planned} may read. */
    private int[] plannedLoads = new int[0];

    /** A frame that can compute some registers, and has room for what they need only. */
    static Frame of(
            Program program,
            List<Argument> arguments,
            List<ColumnReader> columns,
            MemoryReservation memory,
            int... results) {
        return new Frame(program, arguments, columns, memory, new Dependencies(program, results));
    }

    private Frame(
            Program program,
            List<Argument> arguments,
            List<ColumnReader> columns,
            MemoryReservation memory,
            Dependencies dependencies) {
        this.program = program;
        this.dependencies = dependencies;
        this.columns = columns;
        int count = program.ops().size();
        this.operations = new Operation[count];
        this.loads = new @Nullable ColumnReader[count];
        this.registers = new Register[count];
        this.stamps = new int[count];
        this.closures = new int[count][];
        this.coded = new @Nullable CodedPredicate[count];
        for (int i = 0; i < count; i++) {
            Op op = program.ops().get(i);
            operations[i] = dependencies.isNeeded(i) ? Operations.of(program, op, arguments) : new Inputs.Absent(op);
            loads[i] = op.primitive() == Primitive.LOAD ? columns.get(op.index()) : null;
            registers[i] = operations[i].out;
            operations[i].account(memory);
        }
        fold();
        dependencies.findFailing(this::isSafe);
    }

    /** Computes once what depends on constants alone and does not fail. */
    private void fold() {
        Bits.first(1, all);
        rows = 1;
        folding = true;
        for (int i = 0; i < operations.length; i++) {
            Op op = program.ops().get(i);
            if (!dependencies.isNeeded(i)) {
                continue;
            }
            if (op.primitive() == Primitive.PARAMETER) {
                constant(i);
            } else if (op.primitive() != Primitive.LOAD && op.args().stream().allMatch(this::isConstant)) {
                try {
                    operations[i].bound(this);
                    operations[i].run(this);
                    operations[i].out.spread();
                    constant(i);
                } catch (AquiferException failure) {
                    // It must fail for rows, if there are any that need it, not here.
                }
            }
        }
        folding = false;
    }

    /** Whether an operation never fails for the constant divisor that it, or what it casts, has. */
    private boolean isSafe(int register) {
        Op op = program.ops().get(register);
        boolean divides = op.primitive() == Primitive.DIVIDE || op.primitive() == Primitive.MODULO;
        return divides && isConstant(op.arg(1)) && Division.isSafe(op, registers[op.arg(1)])
                || isNarrowedRest(register);
    }

    /** Whether a register is a cast of the rest of a division by a constant, to integers that have room for all such rests. */
    boolean isNarrowedRest(int register) {
        Op op = program.ops().get(register);
        if (op.primitive() != Primitive.CAST) {
            return false;
        }
        Op rest = program.ops().get(op.arg(0));
        return rest.primitive() == Primitive.MODULO
                && rest.type().isInteger()
                && isConstant(rest.arg(1))
                && Division.restFits(registers[rest.arg(1)], op.type());
    }

    private void constant(int register) {
        stamps[register] = CONSTANT;
        dependencies.constant(register);
    }

    boolean isConstant(int register) {
        return stamps[register] == CONSTANT;
    }

    Program program() {
        return program;
    }

    /** Lets a predicate over distinct values stand for a register wherever its column's block has such values. */
    void code(int register, CodedPredicate predicate) {
        coded[register] = predicate;
        dependencies.coded(register);
        Arrays.fill(closures, null);
    }

    public int rows() {
        return rows;
    }

    public int vector() {
        return vector;
    }

    /** The first row of the stripe that {@link #selected} counts from. */
    public int firstRow() {
        return across ? 0 : vector * Stripes.VECTOR_ROWS;
    }

    /** The rows, counted from {@link #firstRow}, that the frame's rows are; null where they are all of a vector. */
    public int @Nullable [] selected() {
        return selected;
    }

    ColumnReader column(int index) {
        return columns.get(index);
    }

    /** The reader of the column that a register loads, or null where it does something else. */
    public @Nullable ColumnReader loaded(int register) {
        return loads[register];
    }

    /** Tells operations the bounds of the columns of the stripe that all readers are attached to. */
    void bound() {
        stamp++;
        for (int i = 0; i < operations.length; i++) {
            if (stamps[i] == CONSTANT) {
                continue;
            }
            ColumnReader column = loads[i];
            if (column != null) {
                Register bounds = column.bounds();
                operations[i].out.narrow = bounds.narrow;
                operations[i].out.min = bounds.min;
                operations[i].out.max = bounds.max;
                registers[i] = operations[i].out;
            } else {
                operations[i].bound(this);
            }
        }
    }

    /** Goes to all rows of a vector. */
    void beginVector(int next, int count) {
        begin(next, count, null);
    }

    /** Goes to some rows of a vector. */
    void beginSelected(int next, int[] which, int count) {
        begin(next, count, which);
    }

    /** Goes to some rows, ascending, of the stripe; only where {@link #gathersAcross}. */
    void beginAcross(int[] which, int count) {
        begin(-1, count, which);
        across = true;
    }

    /**
     * Whether what was planned can be computed for rows of several vectors of the stripe at once: its columns can be read so, and
     * it cannot fail, so that nobody sees in which order rows are gone through.
     */
    boolean gathersAcross() {
        for (int register : planned) {
            if (dependencies.mayFailItself(register) && !operations[register].isSafe()) {
                return false;
            }
        }
        for (int register : plannedLoads) {
            ColumnReader column = loads[register];
            if (column != null && !column.gathersAcross()) {
                return false;
            }
        }
        return true;
    }

    private void begin(int next, int count, int @Nullable [] which) {
        stamp++;
        vector = next;
        selected = which;
        across = false;
        if (rows != count) {
            rows = count;
            Bits.first(count, all);
        }
    }

    /** A register whose bounds are those of all values that {@link #get} gives during the stripe. */
    public Register bounds(int register) {
        return operations[register].out;
    }

    /** Sets a register that is known without its operation, until the rows change; the caller fills it. */
    Register preset(int register) {
        Register result = operations[register].out;
        registers[register] = result;
        if (stamps[register] != CONSTANT) {
            stamps[register] = stamp;
        }
        return result;
    }

    /** The values of a register, computed if need be. */
    public Register get(int register) {
        if (stamps[register] < stamp) {
            run(closure(register));
        }
        return registers[register];
    }

    /** A register that has been computed, or a column. */
    Register in(int register) {
        if (stamps[register] < stamp) {
            compute(register);
        }
        return registers[register];
    }

    private void run(int[] list) {
        for (int register : list) {
            if (stamps[register] < stamp) {
                compute(register);
            }
        }
    }

    private void compute(int register) {
        ColumnReader column = loads[register];
        CodedPredicate predicate = coded[register];
        if (column != null) {
            load(register, column);
        } else if (predicate != null) {
            if (!predicate.run(this, operations[register].out)) {
                run(predicate.inner());
                operations[register].run(this);
            }
        } else {
            operations[register].run(this);
        }
        stamps[register] = stamp;
    }

    private void load(int register, ColumnReader column) {
        int[] which = selected;
        if (which == null) {
            registers[register] = column.dense(vector);
        } else {
            Register own = operations[register].out;
            if (across) {
                column.gatherAcross(which, rows, own);
            } else {
                column.gather(vector, which, rows, own);
            }
            registers[register] = own;
        }
    }

    /** The operations that a register needs, itself last, columns and constants left out. */
    private int[] closure(int register) {
        int[] list = closures[register];
        if (list == null) {
            list = dependencies.closure(new int[] {register}, false, true);
            closures[register] = list;
        }
        return list;
    }

    /** What computing a register takes, even where a predicate over distinct values could tell it; itself last. */
    int[] inside(int register) {
        return dependencies.closure(new int[] {register}, true, true);
    }

    /**
     * Says what {@link #compute} computes.
     *
     * @param preset a register that the caller sets whenever the rows change, or -1
     */
    void plan(int[] results, int preset) {
        dependencies.given(preset);
        Arrays.fill(closures, null);
        planned = dependencies.closure(results, false, false);
        plannedLoads = dependencies.loads(results);
    }

    /**
     * Whether what was planned is loops over 64-bit numbers and bitmaps, and the results are such or columns asked for by code, in the
     * stripe that {@link #bound} was told of.
     */
    boolean isPlain(int[] results) {
        for (int register : results) {
            if (!isNumber(register) && !isCoded(register)) {
                return false;
            }
        }
        for (int register : planned) {
            Op op = program.ops().get(register);
            boolean plain = switch (op.primitive()) {
                case ADD, SUBTRACT, MULTIPLY, NEGATE, ABS -> true;
                default -> op.primitive().family() == Primitive.Family.LOGIC;
            };
            if (!plain || !isNumber(register) || !op.args().stream().allMatch(this::isNumber)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a register is a column that can be asked for by code. */
    private boolean isCoded(int register) {
        ColumnReader column = loads[register];
        return column != null && column.coded();
    }

    private boolean isNumber(int register) {
        Register known = bounds(register);
        return switch (known.physical) {
            case BOOL, LONG -> true;
            case INT128 -> known.narrow;
            case DOUBLE, BYTES -> false;
        };
    }

    /** Computes, in program order, what was planned; columns are read when somebody asks for them. */
    void compute() {
        run(planned);
    }

    /** All rows of the frame, as a bitmap. */
    public long[] all() {
        return all;
    }

    /** The rows where a mask is true, or all; good until the next call. */
    long[] active(int mask) {
        if (mask < 0 || folding) {
            return all;
        }
        Register register = get(mask);
        for (int word = 0; word < Bits.WORDS; word++) {
            active[word] = all[word] & register.truth(word);
        }
        return active;
    }

    /** Whether an operation that a register depends on may fail. */
    boolean mayFail(int register) {
        return dependencies.mayFail(register);
    }
}
