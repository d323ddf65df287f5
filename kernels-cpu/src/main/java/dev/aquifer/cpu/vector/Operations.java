package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import java.util.List;

/** Prepares operations for an execution, whose constants are known. */
final class Operations {
    private Operations() {}

    static Operation of(Program program, Op op, List<Argument> arguments) {
        return switch (op.primitive().family()) {
            case INPUT ->
                op.primitive() == Primitive.LOAD
                        ? new Inputs.Load(op)
                        : new Inputs.Constant(op, (Argument.Value) arguments.get(op.index()));
            case COMPARE -> new Comparisons(op);
            case LOGIC -> new Logic(op);
            case SEARCH -> search(program, op, arguments.get(op.index()));
            case ARITHMETIC -> arithmetic(program, op);
            case CHOICE -> new Choice(op);
            case CAST -> Casts.of(op, type(program, op));
            case TIME_PART -> new TimeParts(op, type(program, op));
            case TIME -> new TimeMoves(op, type(program, op));
            case TEXT -> new Texts(op);
        };
    }

    private static Operation search(Program program, Op op, Argument argument) {
        return switch (argument) {
            case Argument.ValueSet set -> new Membership(op, set, type(program, op));
            case Argument.Pattern pattern ->
                op.primitive() == Primitive.SIMILAR_TO
                        ? PatternSearch.of(op, pattern, type(program, op))
                        : Like.of(op, pattern, type(program, op));
            case Argument.Expression expression -> PatternSearch.of(op, expression, type(program, op));
            case Argument.Value value -> throw new IllegalArgumentException(op.primitive() + " of a single value");
        };
    }

    private static DataType type(Program program, Op op) {
        return program.typeOf(op.arg(0));
    }

    private static Operation arithmetic(Program program, Op op) {
        DataType left = type(program, op);
        boolean rounds = op.primitive() == Primitive.ROUND
                || op.primitive() == Primitive.FLOOR
                || op.primitive() == Primitive.CEIL;
        if (rounds || op.primitive() == Primitive.SQRT) {
            return left.isFloat() ? new FloatRounding(op) : new Rounding(op, left);
        }
        if (left.isFloat()) {
            return new FloatArithmetic(op);
        }
        DataType right = op.args().size() > 1 ? program.typeOf(op.arg(1)) : left;
        if (op.primitive() == Primitive.DIVIDE || op.primitive() == Primitive.MODULO) {
            return new Division(op, left, right);
        }
        boolean rescales = op.type().scale() != scale(op, left, right);
        boolean longs = left.physical() == Physical.LONG
                && right.physical() == Physical.LONG
                && op.type().physical() == Physical.LONG;
        return longs && !rescales ? new LongArithmetic(op) : new WideArithmetic(op, rescales);
    }

    /** The scale of the exact result. */
    private static int scale(Op op, DataType left, DataType right) {
        return op.primitive() == Primitive.MULTIPLY ? left.scale() + right.scale() : left.scale();
    }
}
