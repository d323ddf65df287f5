package dev.aquifer.spi.reference;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program with its arguments, ready to be run over rows of boxed physical values. Immutable; registers are the
 * caller's.
 *
 * <p>A row outside of an operation's mask gets the mark {@link Undefined#VALUE} there, which spreads through whatever reads it
 * unless that does not need it (false AND undefined is false). An undefined value in a result would mean that the program
 * relies on something that no device promises: it is reported as INTERNAL.
 */
final class RowProgram {
    /** One operation: reads registers, gives the value of its own. */
    private interface Step {
        @Nullable
        Object apply(@Nullable Object[] registers, @Nullable Object[] row);
    }

    private final Program program;
    private final int[] masks;
    private final Step[] steps;

    /** @throws AquiferException INVALID_ARGUMENT if a pattern is malformed */
    RowProgram(Program program, List<Argument> arguments) {
        program.checkArguments(arguments);
        this.program = program;
        this.masks = program.ops().stream().mapToInt(Op::mask).toArray();
        List<Step> list = new ArrayList<>();
        for (Op op : program.ops()) {
            list.add(step(program, op, arguments));
        }
        this.steps = list.toArray(Step[]::new);
    }

    Program program() {
        return program;
    }

    /**
     * Runs the program over one row; register i of the result is that of operation i.
     *
     * @throws AquiferException the first operation's that fails
     */
    void run(@Nullable Object[] row, @Nullable Object[] registers) {
        for (int i = 0; i < steps.length; i++) {
            boolean needed = masks[i] < 0 || Boolean.TRUE.equals(registers[masks[i]]);
            registers[i] = needed ? steps[i].apply(registers, row) : Undefined.VALUE;
        }
    }

    /** A register that a result depends on. */
    @Nullable
    Object defined(@Nullable Object[] registers, int register) {
        Object value = registers[register];
        if (isUndefined(value)) {
            throw new AquiferException(
                    ErrorCode.INTERNAL, "register r" + register + " is undefined in\n" + program.listing());
        }
        return value;
    }

    private static boolean isUndefined(@Nullable Object value) {
        return value instanceof Undefined;
    }

    private static Step step(Program program, Op op, List<Argument> arguments) {
        Primitive primitive = op.primitive();
        return switch (primitive.family()) {
            case INPUT -> {
                if (primitive == Primitive.LOAD) {
                    yield (registers, row) -> row[op.index()];
                }
                Object value = ((Argument.Value) arguments.get(op.index())).value();
                yield (registers, row) -> value;
            }
            case COMPARE -> {
                int left = op.arg(0);
                int right = op.arg(1);
                yield (registers, row) -> isUndefined(registers[left]) || isUndefined(registers[right])
                        ? Undefined.VALUE
                        : Comparison.apply(primitive, registers[left], registers[right]);
            }
            case LOGIC -> logic(op);
            case SEARCH -> search(op, arguments);
            case CHOICE -> {
                int condition = op.arg(0);
                yield (registers, row) -> isUndefined(registers[condition])
                        ? Undefined.VALUE
                        : registers[Boolean.TRUE.equals(registers[condition]) ? op.arg(1) : op.arg(2)];
            }
            case ARITHMETIC -> strict(op, Arithmetic.of(primitive, types(program, op), op.type()));
            case CAST -> strict(op, Casting.of(program.typeOf(op.arg(0)), op.type()));
            case TIME_PART, TIME -> strict(op, TimeFunctions.of(primitive, types(program, op), op.type()));
            case TEXT -> strict(op, TextFunctions.of(primitive));
        };
    }

    private static List<DataType> types(Program program, Op op) {
        return op.args().stream().map(program::typeOf).toList();
    }

    private static Step logic(Op op) {
        Primitive primitive = op.primitive();
        int first = op.arg(0);
        if (primitive != Primitive.AND && primitive != Primitive.OR) {
            return (registers, row) ->
                    isUndefined(registers[first]) ? Undefined.VALUE : Logic.apply(primitive, registers[first]);
        }
        int second = op.arg(1);
        // The value that decides alone, whatever the other side is.
        Boolean decisive = primitive == Primitive.OR;
        return (registers, row) -> {
            Object left = registers[first];
            Object right = registers[second];
            if (decisive.equals(left) || decisive.equals(right)) {
                return decisive;
            }
            if (isUndefined(left) || isUndefined(right)) {
                return Undefined.VALUE;
            }
            return left == null || right == null ? null : (Object) !decisive;
        };
    }

    private static Step search(Op op, List<Argument> arguments) {
        Argument argument = arguments.get(op.index());
        if (op.primitive() == Primitive.IN_SET) {
            Argument.ValueSet set = (Argument.ValueSet) argument;
            Set<Object> values = Search.values(set);
            boolean hasNull = set.values().contains(null);
            return strict(op, args -> Search.in(values, hasNull, args[0]));
        }
        if (op.primitive() == Primitive.SIMILAR_TO || op.primitive() == Primitive.REGEXP_LIKE) {
            RegexSimulation regex = Search.regex(argument);
            return strict(op, args -> regex == null ? null : (Object) regex.matches((Bytes) args[0]));
        }
        LikePattern pattern = Search.parse(op.primitive(), (Argument.Pattern) argument);
        return strict(op, args -> Search.like(op.primitive(), pattern, (Bytes) args[0]));
    }

    /** Null where an argument is. */
    private static Step strict(Op op, Strict function) {
        int[] args = op.args().stream().mapToInt(Integer::intValue).toArray();
        return (registers, row) -> {
            Object[] values = new Object[args.length];
            boolean hasNull = false;
            for (int i = 0; i < args.length; i++) {
                Object value = registers[args[i]];
                if (isUndefined(value)) {
                    return Undefined.VALUE;
                }
                hasNull |= value == null;
                values[i] = value == null ? Undefined.VALUE : Objects.requireNonNull(value);
            }
            return hasNull ? null : function.apply(values);
        };
    }
}
