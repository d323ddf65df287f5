package dev.aquifer.cpu.vector;

import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.type.Physical;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The filter: which rows of a vector pass. It is taken apart at its ANDs, unless a part of it can fail: then all of it is evaluated
 * for all rows, as SQL's order of evaluation may show in the error. Parts that can't fail run cheapest first, and
 * each only looks at what those before it left.
 */
final class Scan {
    private final Frame frame;
    private final List<Conjunct> conjuncts = new ArrayList<>();
    private final List<CodedPredicate> predicates = new ArrayList<>();
    private final ColumnUse use;
    private List<Conjunct> planned = List.of();
    private boolean never;

    Scan(Program program, List<Argument> arguments, List<ColumnReader> columns, MemoryReservation memory) {
        this.frame = Frame.of(program, arguments, columns, memory, program.filter());
        this.use = new ColumnUse(program);
        if (frame.mayFail(program.filter())) {
            conjuncts.add(new PredicateConjunct(frame, program.filter(), null, null, false, true));
            return;
        }
        Deque<Integer> open = new ArrayDeque<>(List.of(program.filter()));
        while (!open.isEmpty()) {
            int register = open.pop();
            Op op = program.ops().get(register);
            if (op.primitive() == Primitive.AND && !frame.isConstant(register)) {
                open.push(op.arg(1));
                open.push(op.arg(0));
            } else if (!range(program, register, columns)) {
                Conjunct computed = computed(program, arguments, columns, memory, register);
                conjuncts.add(rest(program, register, columns, computed));
            }
        }
    }

    private Conjunct computed(
            Program program,
            List<Argument> arguments,
            List<ColumnReader> columns,
            MemoryReservation memory,
            int register) {
        int column = use.column(register);
        CodedPredicate predicate = null;
        if (column >= 0 && program.ops().get(register).primitive() != Primitive.LOAD) {
            predicate = new CodedPredicate(program, arguments, columns, memory, register, use.load(column));
            predicates.add(predicate);
            frame.code(register, predicate);
        }
        ColumnReader reader = column >= 0 ? columns.get(column) : null;
        return new PredicateConjunct(frame, register, predicate, reader, use.readsText(register), false);
    }

    /** Takes what a LONG column leaves, divided by a constant, compared with another, as such; else gives the same condition back. */
    private Conjunct rest(Program program, int register, List<ColumnReader> columns, Conjunct computed) {
        Op op = program.ops().get(register);
        if (op.primitive() != Primitive.EQUAL && op.primitive() != Primitive.NOT_EQUAL) {
            return computed;
        }
        int side = isLongConstant(program, op.arg(1)) ? 0 : 1;
        int value = op.arg(side);
        Op modulo = program.ops()
                .get(frame.isNarrowedRest(value) ? program.ops().get(value).arg(0) : value);
        if (modulo.primitive() != Primitive.MODULO
                || !isLongConstant(program, op.arg(1 - side))
                || !isLongConstant(program, modulo.arg(1))
                || !isColumn(program, modulo.arg(0))
                || program.typeOf(modulo.arg(0)).physical() != Physical.LONG) {
            return computed;
        }
        long divisor = frame.get(modulo.arg(1)).longs[0];
        long rest = frame.get(op.arg(1 - side)).longs[0];
        ColumnReader reader = columns.get(program.ops().get(modulo.arg(0)).index());
        boolean equal = op.primitive() == Primitive.EQUAL;
        return divisor == 0 ? computed : new RestConjunct(reader, divisor, rest, equal, computed);
    }

    private boolean isLongConstant(Program program, int register) {
        return frame.isConstant(register)
                && program.typeOf(register).physical() == Physical.LONG
                && !frame.get(register).isNull(0);
    }

    /** Takes a comparison of a LONG column with a constant as a range, joined with others of the same column. */
    private boolean range(Program program, int register, List<ColumnReader> columns) {
        Op op = program.ops().get(register);
        if (op.args().size() != 2 || program.typeOf(op.arg(0)).physical() != Physical.LONG) {
            return false;
        }
        boolean columnFirst = isColumn(program, op.arg(0)) && frame.isConstant(op.arg(1));
        boolean columnLast = isColumn(program, op.arg(1)) && frame.isConstant(op.arg(0));
        if (!columnFirst && !columnLast) {
            return false;
        }
        Register constant = frame.get(op.arg(columnFirst ? 1 : 0));
        if (constant.isNull(0)) {
            return false;
        }
        long[] bounds = bounds(op.primitive(), columnFirst, constant.longs[0]);
        if (bounds.length == 0) {
            return false;
        }
        ColumnReader reader =
                columns.get(program.ops().get(op.arg(columnFirst ? 0 : 1)).index());
        for (Conjunct conjunct : conjuncts) {
            if (conjunct instanceof RangeConjunct known && known.column() == reader) {
                known.narrow(bounds[0], bounds[1]);
                return true;
            }
        }
        conjuncts.add(new RangeConjunct(reader, bounds[0], bounds[1]));
        return true;
    }

    private static boolean isColumn(Program program, int register) {
        return program.ops().get(register).primitive() == Primitive.LOAD;
    }

    /** The values that a column compared with a constant may have, or none where they are no range. */
    private static long[] bounds(Primitive primitive, boolean columnFirst, long constant) {
        long[] nothing = {1, 0};
        boolean below = primitive == (columnFirst ? Primitive.LESS : Primitive.GREATER);
        boolean above = primitive == (columnFirst ? Primitive.GREATER : Primitive.LESS);
        if (below) {
            return constant == Long.MIN_VALUE ? nothing : new long[] {Long.MIN_VALUE, constant - 1};
        }
        if (above) {
            return constant == Long.MAX_VALUE ? nothing : new long[] {constant + 1, Long.MAX_VALUE};
        }
        if (primitive == Primitive.EQUAL) {
            return new long[] {constant, constant};
        }
        if (primitive == (columnFirst ? Primitive.LESS_OR_EQUAL : Primitive.GREATER_OR_EQUAL)) {
            return new long[] {Long.MIN_VALUE, constant};
        }
        if (primitive == (columnFirst ? Primitive.GREATER_OR_EQUAL : Primitive.LESS_OR_EQUAL)) {
            return new long[] {constant, Long.MAX_VALUE};
        }
        return new long[0];
    }

    /** Plans a stripe, whose blocks the readers are attached to; false where no row of it can pass. */
    boolean attach() {
        predicates.forEach(CodedPredicate::attach);
        frame.bound();
        record Planned(Conjunct conjunct, int cost) {}
        List<Planned> list = new ArrayList<>();
        never = false;
        for (Conjunct conjunct : conjuncts) {
            int cost = conjunct.attach();
            never |= cost == Conjunct.NEVER;
            if (cost >= 0) {
                list.add(new Planned(conjunct, cost));
            }
        }
        list.sort(Comparator.comparingInt(Planned::cost));
        planned = list.stream().map(Planned::conjunct).toList();
        return !never;
    }

    /** Whether all rows of the stripe pass. */
    boolean passesAll() {
        return planned.isEmpty() && !never;
    }

    /** Sets the bits of the rows of a vector that pass. */
    void filter(int vector, int rows, long[] bits) {
        if (never) {
            Arrays.fill(bits, 0L);
            return;
        }
        Bits.first(rows, bits);
        for (Conjunct conjunct : planned) {
            conjunct.and(vector, rows, bits);
            if (Bits.isEmpty(bits)) {
                return;
            }
        }
    }
}
