package dev.aquifer.spi.compile;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Parameter;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Grows a program operation by operation, sharing equal ones. */
final class ProgramBuilder {
    private final List<Op> ops = new ArrayList<>();
    private final Map<Op, Integer> registers = new HashMap<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Argument> arguments = new ArrayList<>();

    List<Op> ops() {
        return ops;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    List<Argument> arguments() {
        return arguments;
    }

    /** Emits the operations of an expression; {@code mask} is the register of rows that need it, or -1. */
    int lower(Expr expr, int mask) {
        return switch (expr) {
            case Expr.ColumnRef ref -> emit(new Op(Primitive.LOAD, ref.type(), List.of(), -1, ref.index()));
            case Expr.Literal literal ->
                emit(new Op(
                        Primitive.PARAMETER,
                        literal.type(),
                        List.of(),
                        -1,
                        parameter(
                                new Parameter(Parameter.Kind.VALUE, literal.type()),
                                new Argument.Value(literal.value()))));
            case Expr.Call call -> lowerCall(call, mask);
        };
    }

    private int lowerCall(Expr.Call call, int mask) {
        return switch (call.function()) {
            case AND -> connective(call, Primitive.AND, Primitive.IS_NOT_FALSE, mask);
            case OR -> connective(call, Primitive.OR, Primitive.IS_NOT_TRUE, mask);
            case CASE -> lowerCase(call, 0, mask);
            case COALESCE -> lowerCoalesce(call, 0, mask);
            case IN -> lowerIn(call, mask);
            case LIKE, ILIKE, SIMILAR_TO, REGEXP_LIKE -> lowerPattern(call, mask);
            case CONCAT -> {
                int left = lower(call.arg(0), mask);
                for (int i = 1; i < call.args().size(); i++) {
                    left = apply(call, Primitive.CONCAT, List.of(left, lower(call.arg(i), mask)), mask);
                }
                yield left;
            }
            case CAST -> {
                int arg = lower(call.arg(0), mask);
                yield call.arg(0).type().equals(call.type()) ? arg : apply(call, Primitive.CAST, List.of(arg), mask);
            }
            case ADD, SUBTRACT, MODULO -> {
                // Decimals of different scale are brought to the scale of the result first, which loses nothing.
                List<Integer> args = new ArrayList<>();
                for (Expr arg : call.args()) {
                    args.add(aligned(arg, call, mask));
                }
                yield apply(call, FunctionLowering.primitive(call.function()), args, mask);
            }
            default -> {
                List<Integer> args = new ArrayList<>();
                for (Expr arg : call.args()) {
                    args.add(lower(arg, mask));
                }
                yield apply(call, FunctionLowering.primitive(call.function()), args, mask);
            }
        };
    }

    private int apply(Expr.Call call, Primitive primitive, List<Integer> args, int mask) {
        List<DataType> types = args.stream().map(arg -> ops.get(arg).type()).toList();
        boolean fails = Failures.possible(primitive, types, call.type());
        return emit(new Op(primitive, call.type(), args, fails ? mask : -1, -1));
    }

    private int aligned(Expr arg, Expr.Call call, int mask) {
        int register = lower(arg, mask);
        DataType type = arg.type();
        int scale =
                call.args().stream().mapToInt(each -> each.type().scale()).max().orElse(0);
        if (!type.isDecimal() || type.scale() == scale) {
            return register;
        }
        int precision = Math.min(DataType.MAX_PRECISION, type.precision() + scale - type.scale());
        DataType wider = DataType.decimal(precision, scale);
        boolean fails = Failures.possible(Primitive.CAST, List.of(type), wider);
        return emit(new Op(Primitive.CAST, wider, List.of(register), fails ? mask : -1, -1));
    }

    /** AND and OR: each further argument is needed only where those before leave the result open. */
    private int connective(Expr.Call call, Primitive primitive, Primitive open, int mask) {
        int result = lower(call.arg(0), mask);
        for (int i = 1; i < call.args().size(); i++) {
            Expr arg = call.arg(i);
            int inner = mask;
            if (Failures.possible(arg)) {
                inner = and(mask, emit(new Op(open, DataType.BOOLEAN, List.of(result), -1, -1)));
            }
            result = emit(new Op(primitive, DataType.BOOLEAN, List.of(result, lower(arg, inner)), -1, -1));
        }
        return result;
    }

    private int lowerCase(Expr.Call call, int from, int mask) {
        if (from == call.args().size() - 1) {
            return lower(call.arg(from), mask);
        }
        int condition = lower(call.arg(from), mask);
        Expr then = call.arg(from + 1);
        int thenMask = mask;
        if (Failures.possible(then)) {
            thenMask = and(mask, emit(new Op(Primitive.IS_TRUE, DataType.BOOLEAN, List.of(condition), -1, -1)));
        }
        int value = lower(then, thenMask);
        int restMask = mask;
        if (call.args().subList(from + 2, call.args().size()).stream().anyMatch(Failures::possible)) {
            restMask = and(mask, emit(new Op(Primitive.IS_NOT_TRUE, DataType.BOOLEAN, List.of(condition), -1, -1)));
        }
        int rest = lowerCase(call, from + 2, restMask);
        return emit(new Op(Primitive.CHOOSE, call.type(), List.of(condition, value, rest), -1, -1));
    }

    private int lowerCoalesce(Expr.Call call, int from, int mask) {
        int value = lower(call.arg(from), mask);
        if (from == call.args().size() - 1) {
            return value;
        }
        int present = emit(new Op(Primitive.IS_NOT_NULL, DataType.BOOLEAN, List.of(value), -1, -1));
        int restMask = mask;
        if (call.args().subList(from + 1, call.args().size()).stream().anyMatch(Failures::possible)) {
            restMask = and(mask, emit(new Op(Primitive.IS_NULL, DataType.BOOLEAN, List.of(value), -1, -1)));
        }
        int rest = lowerCoalesce(call, from + 1, restMask);
        return emit(new Op(Primitive.CHOOSE, call.type(), List.of(present, value, rest), -1, -1));
    }

    private int lowerIn(Expr.Call call, int mask) {
        int value = lower(call.arg(0), mask);
        List<@Nullable Object> values = new ArrayList<>();
        for (Expr arg : call.args().subList(1, call.args().size())) {
            values.add(((Expr.Literal) arg).value());
        }
        int index = parameter(new Parameter(Parameter.Kind.SET, call.arg(0).type()), new Argument.ValueSet(values));
        return emit(new Op(Primitive.IN_SET, DataType.BOOLEAN, List.of(value), -1, index));
    }

    private int lowerPattern(Expr.Call call, int mask) {
        int text = lower(call.arg(0), mask);
        Bytes pattern = (Bytes) ((Expr.Literal) call.arg(1)).value();
        Bytes third = call.args().size() < 3 ? Bytes.EMPTY : (Bytes) ((Expr.Literal) call.arg(2)).value();
        int index = call.function() == Function.REGEXP_LIKE
                ? parameter(
                        new Parameter(Parameter.Kind.EXPRESSION, DataType.VARCHAR),
                        new Argument.Expression(pattern, third))
                : parameter(
                        new Parameter(Parameter.Kind.PATTERN, DataType.VARCHAR), new Argument.Pattern(pattern, third));
        Primitive primitive = FunctionLowering.primitive(call.function());
        return emit(new Op(primitive, DataType.BOOLEAN, List.of(text), -1, index));
    }

    /** The conjunction of two masks, either of which may be -1 for all rows. */
    int and(int left, int right) {
        if (left < 0 || left == right) {
            return right;
        }
        return right < 0 ? left : emit(new Op(Primitive.AND, DataType.BOOLEAN, List.of(left, right), -1, -1));
    }

    private int emit(Op op) {
        Integer known = registers.get(op);
        if (known != null) {
            return known;
        }
        ops.add(op);
        registers.put(op, ops.size() - 1);
        return ops.size() - 1;
    }

    /**
     * Every constant gets a parameter of its own, even where two are equal now: the program must not depend on the
     * values, or another fragment of the same form could not share it.
     */
    private int parameter(Parameter parameter, Argument argument) {
        parameters.add(parameter);
        arguments.add(argument);
        return parameters.size() - 1;
    }
}
