package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import java.util.List;

/** Prepares operations for an execution, whose constants are known. */
final class Operations {
    private Operations() {}

    static Operation of(Program program, Op op, List<Argument> arguments) {
        return switch (op.primitive()) {
            case LOAD -> new Inputs.Load(op);
            case PARAMETER -> new Inputs.Constant(op, (Argument.Value) arguments.get(op.index()));
            case EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM -> new Comparisons(op);
            case AND, OR, NOT, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> new Logic(op);
            case IN_SET -> new Membership(op, (Argument.ValueSet) arguments.get(op.index()), type(program, op));
            case LIKE, ILIKE -> new Like(op, (Argument.Pattern) arguments.get(op.index()));
            case SIMILAR_TO -> PatternSearch.of(op, (Argument.Pattern) arguments.get(op.index()));
            case REGEXP_LIKE -> PatternSearch.of(op, (Argument.Expression) arguments.get(op.index()));
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, NEGATE, ABS -> arithmetic(program, op);
            case ROUND, FLOOR, CEIL ->
                type(program, op).isFloat() ? new FloatRounding(op) : new Rounding(op, type(program, op));
            case SQRT -> new FloatRounding(op);
            case CHOOSE -> new Choice(op);
            case CAST -> Casts.of(op, type(program, op));
            case EXTRACT_YEAR,
                    EXTRACT_QUARTER,
                    EXTRACT_MONTH,
                    EXTRACT_WEEK,
                    EXTRACT_DAY,
                    EXTRACT_DOW,
                    EXTRACT_ISODOW,
                    EXTRACT_DOY,
                    EXTRACT_HOUR,
                    EXTRACT_MINUTE,
                    EXTRACT_SECOND,
                    EXTRACT_MILLISECOND,
                    EXTRACT_MICROSECOND,
                    EXTRACT_EPOCH -> new TimeParts(op, type(program, op));
            case ADD_DAYS,
                    ADD_MONTHS,
                    ADD_MICROS,
                    DAYS_BETWEEN,
                    MICROS_BETWEEN,
                    TRUNCATE_YEAR,
                    TRUNCATE_QUARTER,
                    TRUNCATE_MONTH,
                    TRUNCATE_WEEK,
                    TRUNCATE_DAY,
                    TRUNCATE_HOUR,
                    TRUNCATE_MINUTE,
                    TRUNCATE_SECOND -> new TimeMoves(op, type(program, op));
            case SUBSTRING, UPPER, LOWER, CHAR_LENGTH, CONCAT, TRIM, LTRIM, RTRIM, POSITION, REPLACE -> new Texts(op);
        };
    }

    private static DataType type(Program program, Op op) {
        return program.typeOf(op.arg(0));
    }

    private static Operation arithmetic(Program program, Op op) {
        DataType left = type(program, op);
        DataType right = op.args().size() > 1 ? program.typeOf(op.arg(1)) : left;
        if (left.isFloat()) {
            return new FloatArithmetic(op);
        }
        boolean divides = switch (op.primitive()) {
            case DIVIDE, MODULO -> true;
            default -> false;
        };
        if (divides) {
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
        return switch (op.primitive()) {
            case MULTIPLY -> left.scale() + right.scale();
            default -> left.scale();
        };
    }
}
