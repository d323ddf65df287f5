package dev.aquifer.cpu.vector;

import dev.aquifer.spi.compile.Failures;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.primitive.Program;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Which operations of a program a register takes, and which of them may fail. */
final class Dependencies {
    private final Program program;
    /** Registers that results depend on, whatever is known of some without their operation. */
    private final boolean[] needed;

    private final boolean[] constant;
    /** Registers that a predicate over distinct values may tell. */
    private final boolean[] coded;
    /** Registers whose operation may fail. */
    private final boolean[] failingItself;
    /** Registers whose operation, or one before it that it depends on, may fail. */
    private final boolean[] failing;

    private int given = -1;

    Dependencies(Program program, int[] results) {
        int count = program.ops().size();
        this.program = program;
        this.needed = new boolean[count];
        this.constant = new boolean[count];
        this.coded = new boolean[count];
        this.failingItself = new boolean[count];
        this.failing = new boolean[count];
        for (int result : results) {
            needed[result] = true;
        }
        for (int i = count - 1; i >= 0; i--) {
            if (needed[i]) {
                Op op = program.ops().get(i);
                op.args().forEach(arg -> needed[arg] = true);
                if (op.mask() >= 0) {
                    needed[op.mask()] = true;
                }
            }
        }
    }

    /** Whether a result depends on a register. */
    boolean isNeeded(int register) {
        return needed[register];
    }

    /** Says that a register is the same for all rows, and known. */
    void constant(int register) {
        constant[register] = true;
    }

    /** Says that a register may be known without its operation. */
    void coded(int register) {
        coded[register] = true;
    }

    /** Says which register the caller sets whenever the rows change, or -1. */
    void given(int register) {
        given = register;
    }

    /** Whether an operation that a register depends on may fail. */
    boolean mayFail(int register) {
        return failing[register];
    }

    /** Whether an operation may fail for arguments that did not. */
    boolean mayFailItself(int register) {
        return failingItself[register];
    }

    /**
     * Works out what may fail, once the constants are known: what they tell does not.
     *
     * @param safe operations whose constant arguments say that they never fail
     */
    void findFailing(IntPredicate safe) {
        for (int i = 0; i < failing.length; i++) {
            Op op = program.ops().get(i);
            if (needed[i] && !constant[i] && !op.args().isEmpty()) {
                failingItself[i] = Failures.possible(
                                op.primitive(),
                                op.args().stream().map(program::typeOf).toList(),
                                op.type())
                        && !safe.test(i);
                failing[i] = failingItself[i]
                        || op.mask() >= 0 && failing[op.mask()]
                        || op.args().stream().anyMatch(arg -> failing[arg]);
            }
        }
    }

    /** The columns, as registers, that computing some registers may read. */
    int[] loads(int[] results) {
        boolean[] wanted = new boolean[program.ops().size()];
        for (int result : results) {
            wanted[result] = true;
        }
        for (int i = wanted.length - 1; i >= 0; i--) {
            Op op = program.ops().get(i);
            wanted[i] &= !constant[i] && i != given;
            if (wanted[i]) {
                op.args().forEach(arg -> wanted[arg] = true);
                if (op.mask() >= 0) {
                    wanted[op.mask()] = true;
                }
            }
        }
        return IntStream.range(0, wanted.length)
                .filter(i -> wanted[i] && program.ops().get(i).primitive() == Primitive.LOAD)
                .toArray();
    }

    /**
     * The operations that some registers need, in program order. A mask is only computed when something is suspect, but
     * if it may itself fail it takes its turn, or a row could fail with a later operation than its first.
     *
     * @param inside whether the registers are to be computed even where predicates over distinct values could tell them
     * @param columns whether registers that are columns themselves are to be read
     */
    int[] closure(int[] results, boolean inside, boolean columns) {
        boolean[] asked = new boolean[program.ops().size()];
        boolean[] wanted = new boolean[program.ops().size()];
        for (int result : results) {
            asked[result] = true;
            wanted[result] = true;
        }
        int count = 0;
        for (int i = program.ops().size() - 1; i >= 0; i--) {
            Op op = program.ops().get(i);
            boolean isColumn = op.primitive() == Primitive.LOAD;
            wanted[i] &= !constant[i] && i != given && (!isColumn || asked[i] && columns);
            if (!wanted[i]) {
                continue;
            }
            count++;
            if (!coded[i] || inside && asked[i]) {
                op.args().forEach(arg -> wanted[arg] = true);
                if (op.mask() >= 0 && failing[op.mask()]) {
                    wanted[op.mask()] = true;
                }
            }
        }
        int[] list = new int[count];
        int next = 0;
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i]) {
                list[next++] = i;
            }
        }
        return list;
    }
}
