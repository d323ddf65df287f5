package dev.aquifer.engine.translate;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Functions by name: texts, numbers and parts of times. */
final class FunctionTranslator {
    private static final Map<String, Function> EXTRACTS = Map.ofEntries(
            Map.entry("YEAR", Function.EXTRACT_YEAR),
            Map.entry("QUARTER", Function.EXTRACT_QUARTER),
            Map.entry("MONTH", Function.EXTRACT_MONTH),
            Map.entry("WEEK", Function.EXTRACT_WEEK),
            Map.entry("DAY", Function.EXTRACT_DAY),
            Map.entry("DOW", Function.EXTRACT_DOW),
            Map.entry("ISODOW", Function.EXTRACT_ISODOW),
            Map.entry("DOY", Function.EXTRACT_DOY),
            Map.entry("HOUR", Function.EXTRACT_HOUR),
            Map.entry("MINUTE", Function.EXTRACT_MINUTE),
            Map.entry("SECOND", Function.EXTRACT_SECOND),
            Map.entry("MILLISECOND", Function.EXTRACT_MILLISECOND),
            Map.entry("MILLISECONDS", Function.EXTRACT_MILLISECOND),
            Map.entry("MICROSECOND", Function.EXTRACT_MICROSECOND),
            Map.entry("MICROSECONDS", Function.EXTRACT_MICROSECOND),
            Map.entry("EPOCH", Function.EXTRACT_EPOCH));

    private static final Map<String, Function> TRUNCATIONS = Map.of(
            "YEAR", Function.TRUNCATE_YEAR,
            "QUARTER", Function.TRUNCATE_QUARTER,
            "MONTH", Function.TRUNCATE_MONTH,
            "WEEK", Function.TRUNCATE_WEEK,
            "DAY", Function.TRUNCATE_DAY,
            "HOUR", Function.TRUNCATE_HOUR,
            "MINUTE", Function.TRUNCATE_MINUTE,
            "SECOND", Function.TRUNCATE_SECOND);

    private static final String BACKSLASH = "\\";

    private final ExprTranslator expressions;

    FunctionTranslator(ExprTranslator expressions) {
        this.expressions = expressions;
    }

    Expr translate(RexCall call) throws NotTranslatable {
        List<RexNode> operands = call.getOperands();
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        return switch (name) {
            case "DATE DAYS" ->
                Expr.call(
                        Function.DAYS_BETWEEN,
                        expressions.translate(operands.getFirst()),
                        new Expr.Literal(DataType.DATE, 0L));
            case "TEXT" -> expressions.translate(operands.getFirst());
            case "UPPER" -> text(Function.UPPER, operands);
            case "LOWER" -> text(Function.LOWER, operands);
            case "CHAR_LENGTH", "CHARACTER_LENGTH", "LENGTH" -> text(Function.CHAR_LENGTH, operands);
            case "||" -> text(Function.CONCAT, operands);
            case "SUBSTRING", "SUBSTR" -> substring(operands);
            case "TRIM" -> trim(operands);
            case "LTRIM" -> text(Function.LTRIM, operands);
            case "RTRIM" -> text(Function.RTRIM, operands);
            case "BTRIM" -> text(Function.TRIM, operands);
            case "REPLACE" -> text(Function.REPLACE, operands);
            case "POSITION" -> position(operands, 1, 0, call);
            case "STRPOS" -> position(operands, 0, 1, call);
            case "LEFT" -> left(operands);
            case "REGEXP_LIKE", "~" -> regex(operands);
            case "ABS" -> expressions.unary(Function.ABS, operands);
            case "SQRT" -> Expr.call(Function.SQRT, float64(operands.getFirst()));
            case "FLOOR" -> floor(call);
            case "CEIL", "CEILING" -> ceil(call);
            case "ROUND" -> round(operands);
            case "EXTRACT" -> extract(unit(operands.get(0), call), operands.get(1), call);
            case "DATE_PART" -> extract(anyUnit(operands.get(0), call), operands.get(1), call);
            case "DATE_TRUNC" -> truncate(unitText(operands.get(0)), operands.get(1), call);
            case "GREATEST" -> extreme(Function.GREATER_OR_EQUAL, call);
            case "LEAST" -> extreme(Function.LESS_OR_EQUAL, call);
            default -> throw new NotTranslatable("the function " + name + " is not one that devices have");
        };
    }

    Expr like(RexCall call) throws NotTranslatable {
        List<Expr> args = escaping(expressions.all(call.getOperands()));
        boolean caseless = call.getOperator() instanceof SqlLikeOperator like && !like.isCaseSensitive();
        if (!args.stream().skip(1).allMatch(Expr.Literal.class::isInstance)) {
            throw new NotTranslatable("the pattern of LIKE is not a constant");
        }
        Expr matched = Expr.call(caseless ? Function.ILIKE : Function.LIKE, args.toArray(Expr[]::new));
        boolean negated = call.getOperator() instanceof SqlLikeOperator like && like.isNegated();
        return negated ? Expr.call(Function.NOT, matched) : matched;
    }

    Expr similar(RexCall call) throws NotTranslatable {
        List<Expr> args = escaping(constants(call.getOperands(), "SIMILAR TO"));
        return Expr.call(Function.SIMILAR_TO, args.toArray(Expr[]::new));
    }

    /** The escape is a backslash where none is given, as in PostgreSQL; said where it stands in a pattern. */
    private static List<Expr> escaping(List<Expr> args) {
        if (args.size() == 2
                && args.get(1) instanceof Expr.Literal pattern
                && String.valueOf(pattern.value()).contains(BACKSLASH)) {
            args.add(new Expr.Literal(DataType.VARCHAR, Bytes.utf8(BACKSLASH)));
        }
        return args;
    }

    private Expr regex(List<RexNode> operands) throws NotTranslatable {
        return Expr.call(
                Function.REGEXP_LIKE,
                constants(operands, "a regular expression").toArray(Expr[]::new));
    }

    /** Texts, of which all but the first are constants. */
    private List<Expr> constants(List<RexNode> operands, String operator) throws NotTranslatable {
        List<Expr> args = new ArrayList<>();
        for (RexNode operand : operands) {
            args.add(ExprTranslator.cast(expressions.translate(operand), DataType.VARCHAR));
        }
        if (!args.stream().skip(1).allMatch(Expr.Literal.class::isInstance)) {
            throw new NotTranslatable("the pattern of " + operator + " is not a constant");
        }
        return args;
    }

    private Expr text(Function function, List<RexNode> operands) throws NotTranslatable {
        List<Expr> args = new ArrayList<>();
        for (RexNode operand : operands) {
            args.add(ExprTranslator.cast(expressions.translate(operand), DataType.VARCHAR));
        }
        return Expr.call(function, args.toArray(Expr[]::new));
    }

    private Expr substring(List<RexNode> operands) throws NotTranslatable {
        List<Expr> args = new ArrayList<>();
        args.add(expressions.translate(operands.getFirst()));
        for (RexNode operand : operands.subList(1, operands.size())) {
            args.add(int64(operand));
        }
        if (!args.getFirst().type().equals(DataType.VARCHAR)) {
            throw new NotTranslatable("SUBSTRING of " + args.getFirst().type());
        }
        return Expr.call(Function.SUBSTRING, args.toArray(Expr[]::new));
    }

    private Expr left(List<RexNode> operands) throws NotTranslatable {
        Expr length = int64(operands.get(1));
        if (!(length instanceof Expr.Literal literal) || !(literal.value() instanceof Long count) || count < 0) {
            throw new NotTranslatable("LEFT with a length that is not a constant of at least 0");
        }
        return Expr.call(
                Function.SUBSTRING, expressions.translate(operands.get(0)), IntervalTranslator.int64(1), length);
    }

    /** (flag, characters, text). */
    private Expr trim(List<RexNode> operands) throws NotTranslatable {
        SqlTrimFunction.Flag flag =
                operands.get(0) instanceof RexLiteral literal ? literal.getValueAs(SqlTrimFunction.Flag.class) : null;
        if (flag == null) {
            throw new NotTranslatable("TRIM without a side");
        }
        Function function = switch (flag) {
            case BOTH -> Function.TRIM;
            case LEADING -> Function.LTRIM;
            case TRAILING -> Function.RTRIM;
        };
        return text(function, List.of(operands.get(2), operands.get(1)));
    }

    private Expr position(List<RexNode> operands, int text, int needle, RexCall call) throws NotTranslatable {
        if (operands.size() != 2) {
            throw new NotTranslatable("POSITION from an offset is not pushed: " + call);
        }
        return text(Function.POSITION, List.of(operands.get(text), operands.get(needle)));
    }

    private Expr floor(RexCall call) throws NotTranslatable {
        List<RexNode> operands = call.getOperands();
        return operands.size() == 2
                ? truncate(unit(operands.get(1), call), operands.get(0), call)
                : Expr.call(Function.FLOOR, roomier(expressions.translate(operands.getFirst())));
    }

    private Expr ceil(RexCall call) throws NotTranslatable {
        if (call.getOperands().size() == 2) {
            throw new NotTranslatable("CEIL of a time is not pushed");
        }
        return Expr.call(
                Function.CEIL, roomier(expressions.translate(call.getOperands().getFirst())));
    }

    private Expr round(List<RexNode> operands) throws NotTranslatable {
        Expr value = roomier(expressions.translate(operands.getFirst()));
        if (operands.size() == 1) {
            return Expr.call(Function.ROUND, value);
        }
        Expr digits = ExprTranslator.cast(expressions.translate(operands.get(1)), DataType.INT32);
        if (!(digits instanceof Expr.Literal)) {
            throw new NotTranslatable("ROUND to digits that are not a constant");
        }
        return Expr.call(Function.ROUND, value, digits);
    }

    /** A decimal with one digit more before the point, which rounding away from zero may need. */
    private static Expr roomier(Expr value) throws NotTranslatable {
        DataType type = value.type();
        return type.isDecimal() && type.precision() < DataType.MAX_PRECISION
                ? ExprTranslator.cast(value, DataType.decimal(type.precision() + 1, type.scale()))
                : value;
    }

    private Expr extract(String unit, RexNode operand, RexCall call) throws NotTranslatable {
        Function function = EXTRACTS.get(unit);
        if (function == null) {
            throw new NotTranslatable("EXTRACT of " + unit + " is not one that devices have: " + call);
        }
        if (IntervalTranslator.isInterval(operand)) {
            throw new NotTranslatable("EXTRACT from an interval is not pushed");
        }
        return Expr.call(function, expressions.translate(operand));
    }

    private Expr truncate(String unit, RexNode operand, RexCall call) throws NotTranslatable {
        Function function = TRUNCATIONS.get(unit);
        if (function == null) {
            throw new NotTranslatable("truncation to " + unit + " is not one that devices have: " + call);
        }
        return Expr.call(function, expressions.translate(operand));
    }

    /** GREATEST and LEAST leave nulls out, as in PostgreSQL; null only if all are. */
    private Expr extreme(Function wins, RexCall call) throws NotTranslatable {
        DataType type = ExprTranslator.type(call.getType());
        Expr best = null;
        for (RexNode operand : call.getOperands()) {
            Expr value = ExprTranslator.cast(expressions.translate(operand), type);
            best = best == null ? value : better(wins, best, value);
        }
        if (best == null) {
            throw new NotTranslatable(call + " has no arguments");
        }
        return best;
    }

    private static Expr better(Function wins, Expr best, Expr value) {
        Expr keeps = Expr.call(Function.OR, Expr.call(Function.IS_NULL, value), Expr.call(wins, best, value));
        return Expr.call(Function.CASE, keeps, best, value);
    }

    private Expr int64(RexNode node) throws NotTranslatable {
        return ExprTranslator.cast(expressions.translate(node), DataType.INT64);
    }

    private Expr float64(RexNode node) throws NotTranslatable {
        return ExprTranslator.cast(expressions.translate(node), DataType.FLOAT64);
    }

    /** A unit as a keyword or as a text. */
    private String anyUnit(RexNode node, RexCall call) throws NotTranslatable {
        return node.getType().getSqlTypeName() == SqlTypeName.SYMBOL ? unit(node, call) : unitText(node);
    }

    private static String unit(RexNode node, RexCall call) throws NotTranslatable {
        boolean symbol = node.getType().getSqlTypeName() == SqlTypeName.SYMBOL;
        TimeUnitRange unit =
                symbol && node instanceof RexLiteral literal ? literal.getValueAs(TimeUnitRange.class) : null;
        if (unit == null) {
            throw new NotTranslatable(call + " has no constant unit");
        }
        return unit.name();
    }

    private String unitText(RexNode node) throws NotTranslatable {
        @Nullable Object value = expressions.translate(node) instanceof Expr.Literal literal ? literal.value() : null;
        if (!(value instanceof Bytes text)) {
            throw new NotTranslatable("the unit is not a constant");
        }
        return text.toString().strip().toUpperCase(Locale.ROOT);
    }
}
