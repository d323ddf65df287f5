package dev.aquifer.engine.translate;

import dev.aquifer.engine.sql.NumericTypes;
import dev.aquifer.engine.sql.SqlTypes;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.expr.Typing;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.type.SqlTypeName;

/** Translates expressions over the rows of one input. The result has exactly the type that Calcite gave the expression. */
public final class ExprTranslator {
    private final List<? extends Expr> inputs;
    private final IntervalTranslator intervals = new IntervalTranslator(this);
    private final SearchTranslator searches;
    private final FunctionTranslator functions = new FunctionTranslator(this);

    /** @param inputs what the input's fields are, in the expressions wanted */
    public ExprTranslator(RexBuilder builder, List<? extends Expr> inputs) {
        this.inputs = List.copyOf(inputs);
        this.searches = new SearchTranslator(this, builder);
    }

    /** @throws NotTranslatable with the reason, where fragments cannot say the expression */
    public Expr translate(RexNode node) throws NotTranslatable {
        if (node instanceof RexInputRef ref) {
            return typed(inputs.get(ref.getIndex()), node.getType());
        }
        if (node instanceof RexLiteral literal) {
            return LiteralTranslator.translate(literal);
        }
        if (node instanceof RexOver) {
            throw new NotTranslatable("window functions run in the engine");
        }
        if (node instanceof RexSubQuery) {
            throw new NotTranslatable("a subquery runs in the engine");
        }
        if (node instanceof RexFieldAccess || node instanceof RexCorrelVariable) {
            throw new NotTranslatable("it depends on a row of an outer query");
        }
        if (node instanceof RexDynamicParam) {
            throw new NotTranslatable("a parameter has no value yet");
        }
        if (node instanceof RexCall call) {
            try {
                return typed(call(call), node.getType());
            } catch (AquiferException e) {
                throw new NotTranslatable(e.getMessage() == null ? call + " is not typed" : e.getMessage());
            }
        }
        throw new NotTranslatable(node + " is not known");
    }

    /** A constant as a type that may be wider than its own. */
    public Expr literal(RexLiteral literal, DataType type) throws NotTranslatable {
        return cast(LiteralTranslator.translate(literal), type);
    }

    private Expr call(RexCall call) throws NotTranslatable {
        List<RexNode> operands = call.getOperands();
        return switch (call.getKind()) {
            case AND -> logic(Function.AND, operands);
            case OR -> logic(Function.OR, operands);
            case NOT -> unary(Function.NOT, operands);
            case IS_NULL -> unary(Function.IS_NULL, operands);
            case IS_NOT_NULL -> unary(Function.IS_NOT_NULL, operands);
            case IS_TRUE -> unary(Function.IS_TRUE, operands);
            case IS_NOT_TRUE -> unary(Function.IS_NOT_TRUE, operands);
            case IS_FALSE -> unary(Function.IS_FALSE, operands);
            case IS_NOT_FALSE -> unary(Function.IS_NOT_FALSE, operands);
            case IS_UNKNOWN -> unary(Function.IS_NULL, operands);
            case EQUALS -> comparison(Function.EQUAL, operands);
            case NOT_EQUALS -> comparison(Function.NOT_EQUAL, operands);
            case LESS_THAN -> comparison(Function.LESS, operands);
            case LESS_THAN_OR_EQUAL -> comparison(Function.LESS_OR_EQUAL, operands);
            case GREATER_THAN -> comparison(Function.GREATER, operands);
            case GREATER_THAN_OR_EQUAL -> comparison(Function.GREATER_OR_EQUAL, operands);
            case IS_DISTINCT_FROM -> comparison(Function.IS_DISTINCT_FROM, operands);
            case IS_NOT_DISTINCT_FROM -> comparison(Function.IS_NOT_DISTINCT_FROM, operands);
            case SEARCH -> searches.translate(call);
            case PLUS -> plus(call);
            case MINUS -> minus(call);
            case TIMES -> arithmetic(Function.MULTIPLY, call);
            case DIVIDE -> arithmetic(Function.DIVIDE, call);
            case MOD -> arithmetic(Function.MODULO, call);
            case MINUS_PREFIX -> unary(Function.NEGATE, operands);
            case PLUS_PREFIX -> translate(operands.getFirst());
            case CASE -> cases(call);
            case COALESCE -> coalesce(call);
            case CAST -> castCall(call);
            case LIKE -> functions.like(call);
            case SIMILAR -> functions.similar(call);
            default -> functions.translate(call);
        };
    }

    private Expr logic(Function function, List<RexNode> operands) throws NotTranslatable {
        List<Expr> args = all(operands);
        return args.size() == 1 ? args.getFirst() : Expr.call(function, args.toArray(Expr[]::new));
    }

    Expr unary(Function function, List<RexNode> operands) throws NotTranslatable {
        return Expr.call(function, translate(operands.getFirst()));
    }

    List<Expr> all(List<RexNode> operands) throws NotTranslatable {
        List<Expr> args = new ArrayList<>(operands.size());
        for (RexNode operand : operands) {
            args.add(translate(operand));
        }
        return args;
    }

    private Expr comparison(Function function, List<RexNode> operands) throws NotTranslatable {
        if (operands.stream().anyMatch(IntervalTranslator::isInterval)) {
            if (operands.stream().anyMatch(IntervalTranslator::isMonths)) {
                throw new NotTranslatable("intervals of months are not compared");
            }
            return Expr.call(function, intervals.amount(operands.get(0)), intervals.amount(operands.get(1)));
        }
        Expr left = translate(operands.get(0));
        Expr right = translate(operands.get(1));
        DataType common = isNull(left)
                ? right.type()
                : isNull(right) ? left.type() : NumericTypes.common(left.type(), right.type());
        if (common == null) {
            throw new NotTranslatable(left.type() + " and " + right.type() + " are not compared");
        }
        return Expr.call(function, cast(left, common), cast(right, common));
    }

    private static boolean isNull(Expr expr) {
        return expr instanceof Expr.Literal literal && literal.value() == null;
    }

    private Expr plus(RexCall call) throws NotTranslatable {
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        if (IntervalTranslator.isInterval(right) && !IntervalTranslator.isInterval(left)) {
            return intervals.shift(translate(left), right, false);
        }
        if (IntervalTranslator.isInterval(left) && !IntervalTranslator.isInterval(right)) {
            return intervals.shift(translate(right), left, false);
        }
        return arithmetic(Function.ADD, call);
    }

    private Expr minus(RexCall call) throws NotTranslatable {
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        if (IntervalTranslator.isInterval(right) && !IntervalTranslator.isInterval(left)) {
            return intervals.shift(translate(left), right, true);
        }
        return arithmetic(Function.SUBTRACT, call);
    }

    private Expr arithmetic(Function function, RexCall call) throws NotTranslatable {
        if (IntervalTranslator.isInterval(call) || call.getOperands().size() != 2) {
            throw new NotTranslatable("arithmetic of intervals is not pushed: " + call);
        }
        Expr left = translate(call.getOperands().get(0));
        Expr right = translate(call.getOperands().get(1));
        if (!left.type().isNumeric() || !right.type().isNumeric()) {
            throw new NotTranslatable(function + " of " + left.type() + " and " + right.type());
        }
        DataType result = SqlTypes.fromSql(call.getType());
        if (left.type().isFloat() || right.type().isFloat()) {
            DataType common = left.type().equals(right.type()) ? left.type() : DataType.FLOAT64;
            return Expr.call(function, cast(left, common), cast(right, common));
        }
        if (left.type().isInteger() && right.type().isInteger()) {
            DataType wider = NumericTypes.common(left.type(), right.type());
            // MOD of a BIGINT and an INTEGER is an INTEGER to Calcite; it is computed in the wider type.
            DataType type = result != null
                            && result.isInteger()
                            && wider != null
                            && wider.kind().compareTo(result.kind()) < 0
                    ? result
                    : wider;
            if (type == null) {
                throw new NotTranslatable(function + " of " + left.type() + " and " + right.type());
            }
            return Expr.call(function, cast(left, type), cast(right, type));
        }
        return Expr.call(function, decimal(left), decimal(right));
    }

    private static Expr decimal(Expr exact) throws NotTranslatable {
        DataType type = NumericTypes.asDecimal(exact.type());
        if (type == null) {
            throw new NotTranslatable(exact.type() + " is not an exact number");
        }
        return cast(exact, type);
    }

    private Expr cases(RexCall call) throws NotTranslatable {
        DataType type = type(call.getType());
        List<Expr> args = new ArrayList<>();
        List<RexNode> operands = call.getOperands();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            args.add(translate(operands.get(i)));
            args.add(cast(translate(operands.get(i + 1)), type));
        }
        args.add(cast(translate(operands.getLast()), type));
        return Expr.call(Function.CASE, args.toArray(Expr[]::new));
    }

    private Expr coalesce(RexCall call) throws NotTranslatable {
        DataType type = type(call.getType());
        List<Expr> args = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            args.add(cast(translate(operand), type));
        }
        return Expr.call(Function.COALESCE, args.toArray(Expr[]::new));
    }

    private Expr castCall(RexCall call) throws NotTranslatable {
        RexNode operand = call.getOperands().getFirst();
        if (IntervalTranslator.isInterval(operand) && !IntervalTranslator.isInterval(call)) {
            return intervalCount(operand, type(call.getType()));
        }
        Expr value = translate(operand);
        DataType target = type(call.getType());
        if (!isNull(value) && !Typing.castable(value.type(), target)) {
            throw new NotTranslatable("there is no CAST from " + value.type() + " to " + target);
        }
        Expr converted = cast(value, target);
        int length = call.getType().getPrecision();
        boolean bounded = call.getType().getSqlTypeName() == SqlTypeName.VARCHAR && length >= 0;
        int given = operand.getType().getPrecision();
        boolean fits = operand.getType().getSqlTypeName() == SqlTypeName.VARCHAR && given >= 0 && given <= length;
        // An explicit cast to VARCHAR(n) cuts, as in PostgreSQL.
        return bounded && !fits && call.getOperands().size() == 1
                ? Expr.call(
                        Function.SUBSTRING, converted, IntervalTranslator.int64(1), IntervalTranslator.int64(length))
                : converted;
    }

    /** CAST of an interval to a number: how many of its unit; TIMESTAMPDIFF becomes this. */
    private Expr intervalCount(RexNode interval, DataType target) throws NotTranslatable {
        Expr amount = intervals.amount(interval);
        long unit = switch (interval.getType().getSqlTypeName()) {
            case INTERVAL_YEAR -> 12L;
            case INTERVAL_MONTH -> 1L;
            case INTERVAL_DAY -> 86_400_000_000L;
            case INTERVAL_HOUR -> 3_600_000_000L;
            case INTERVAL_MINUTE -> 60_000_000L;
            case INTERVAL_SECOND -> 1_000_000L;
            default -> throw new NotTranslatable("an interval of two units is no number: " + interval);
        };
        return cast(Expr.call(Function.DIVIDE, amount, IntervalTranslator.int64(unit)), target);
    }

    static DataType type(RelDataType sqlType) throws NotTranslatable {
        DataType type = SqlTypes.fromSql(sqlType);
        if (type == null) {
            throw new NotTranslatable("values of type " + sqlType + " are not pushed");
        }
        return type;
    }

    private static Expr typed(Expr expr, RelDataType sqlType) throws NotTranslatable {
        return cast(expr, type(sqlType));
    }

    /** The expression as a type: itself where it has it already; constants are converted where that loses nothing. */
    static Expr cast(Expr expr, DataType target) throws NotTranslatable {
        if (expr.type().equals(target)) {
            return expr;
        }
        if (isNull(expr)) {
            return new Expr.Literal(target, null);
        }
        if (!Typing.castable(expr.type(), target)) {
            throw new NotTranslatable("there is no CAST from " + expr.type() + " to " + target);
        }
        if (expr instanceof Expr.Literal literal) {
            Expr.Literal exact = ExactLiterals.convert(literal, target);
            if (exact != null) {
                return exact;
            }
        }
        return Expr.cast(expr, target);
    }
}
