package dev.aquifer.spi.prune;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.Bytes;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes BOOLEAN expressions ready for {@link ZonePruner}. */
final class ConditionCompiler {
    private static final ZoneCondition ANY = columns -> Outcomes.ALL;

    private ConditionCompiler() {}

    static ZoneCondition condition(Expr expr) {
        return switch (expr) {
            case Expr.ColumnRef ref ->
                columns -> ValueRange.of(columns.apply(ref.index())).outcomes();
            case Expr.Literal literal -> {
                int outcomes = ValueRange.of(literal.value()).outcomes();
                yield columns -> outcomes;
            }
            case Expr.Call call -> condition(call);
        };
    }

    private static ZoneCondition condition(Expr.Call call) {
        return switch (call.function()) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> compare(call);
            case IS_DISTINCT_FROM -> distinct(call);
            case IS_NOT_DISTINCT_FROM -> not(distinct(call));
            case AND -> and(conditions(call.args()));
            case OR -> or(conditions(call.args()));
            case NOT -> not(condition(call.arg(0)));
            case IS_NULL -> isNull(call.arg(0));
            case IS_NOT_NULL -> not(isNull(call.arg(0)));
            case IS_TRUE -> test(call.arg(0), Outcomes.TRUE);
            case IS_NOT_TRUE -> test(call.arg(0), Outcomes.FALSE | Outcomes.NULL);
            case IS_FALSE -> test(call.arg(0), Outcomes.FALSE);
            case IS_NOT_FALSE -> test(call.arg(0), Outcomes.TRUE | Outcomes.NULL);
            case IN -> in(call);
            case LIKE -> pattern(call, LikePrefix::range);
            case SIMILAR_TO -> pattern(call, RegexPrefix::ofSimilar);
            case REGEXP_LIKE -> pattern(call, RegexPrefix::ofSearch);
            case CASE -> choose(conditions(call.args()));
            case COALESCE -> coalesce(conditions(call.args()));
            default -> ANY;
        };
    }

    private static ZoneCondition[] conditions(List<Expr> args) {
        return args.stream().map(ConditionCompiler::condition).toArray(ZoneCondition[]::new);
    }

    private static ZoneCondition not(ZoneCondition condition) {
        return columns -> Outcomes.not(condition.outcomes(columns));
    }

    private static ZoneCondition test(Expr arg, int which) {
        ZoneCondition condition = condition(arg);
        return columns -> Outcomes.test(condition.outcomes(columns), which);
    }

    private static ZoneCondition and(ZoneCondition[] args) {
        return columns -> {
            int outcomes = Outcomes.TRUE;
            // What is false needs no look at the others.
            for (int i = 0; i < args.length && outcomes != Outcomes.FALSE; i++) {
                outcomes = Outcomes.and(outcomes, args[i].outcomes(columns));
            }
            return outcomes;
        };
    }

    private static ZoneCondition or(ZoneCondition[] args) {
        return columns -> {
            int outcomes = Outcomes.FALSE;
            for (int i = 0; i < args.length && outcomes != Outcomes.TRUE; i++) {
                outcomes = Outcomes.or(outcomes, args[i].outcomes(columns));
            }
            return outcomes;
        };
    }

    private static ZoneCondition compare(Expr.Call call) {
        int holds = orders(call.function());
        ZoneCondition quick = LongComparison.of(call.arg(0), call.arg(1), holds);
        if (quick != null) {
            return quick;
        }
        ZoneValue leftValue = ValueCompiler.value(call.arg(0));
        ZoneValue rightValue = ValueCompiler.value(call.arg(1));
        return columns -> {
            ValueRange left = leftValue.range(columns);
            ValueRange right = rightValue.range(columns);
            return Outcomes.compared(left.orders(right), holds, left.mayBeNull() || right.mayBeNull());
        };
    }

    /** The orders of two values between which a comparison holds. */
    private static int orders(Function comparison) {
        return switch (comparison) {
            case EQUAL -> ValueRange.EQUAL;
            case NOT_EQUAL -> ValueRange.LESS | ValueRange.GREATER;
            case LESS -> ValueRange.LESS;
            case LESS_OR_EQUAL -> ValueRange.LESS | ValueRange.EQUAL;
            case GREATER -> ValueRange.GREATER;
            case GREATER_OR_EQUAL -> ValueRange.GREATER | ValueRange.EQUAL;
            default -> throw new IllegalArgumentException(comparison + " compares nothing");
        };
    }

    private static ZoneCondition distinct(Expr.Call call) {
        ZoneValue leftValue = ValueCompiler.value(call.arg(0));
        ZoneValue rightValue = ValueCompiler.value(call.arg(1));
        return columns -> {
            ValueRange left = leftValue.range(columns);
            ValueRange right = rightValue.range(columns);
            int orders = left.orders(right);
            boolean differ = (orders & ~ValueRange.EQUAL) != 0
                    || left.mayBeNull() && right.mayBeValue()
                    || left.mayBeValue() && right.mayBeNull();
            boolean same = (orders & ValueRange.EQUAL) != 0 || left.mayBeNull() && right.mayBeNull();
            return (differ ? Outcomes.TRUE : 0) | (same ? Outcomes.FALSE : 0);
        };
    }

    private static ZoneCondition isNull(Expr arg) {
        ZoneValue value = ValueCompiler.value(arg);
        return columns -> {
            ValueRange range = value.range(columns);
            return (range.mayBeNull() ? Outcomes.TRUE : 0) | (range.mayBeValue() ? Outcomes.FALSE : 0);
        };
    }

    private static ZoneCondition in(Expr.Call call) {
        ZoneValue tested = ValueCompiler.value(call.arg(0));
        ZoneValue[] candidates =
                call.args().stream().skip(1).map(ValueCompiler::value).toArray(ZoneValue[]::new);
        return columns -> {
            ValueRange value = tested.range(columns);
            boolean hasNull = false;
            boolean mayEqual = false;
            boolean mustEqual = false;
            for (ZoneValue candidate : candidates) {
                ValueRange range = candidate.range(columns);
                int orders = value.orders(range);
                mayEqual |= (orders & ValueRange.EQUAL) != 0;
                mustEqual |= orders == ValueRange.EQUAL;
                hasNull |= !range.mayBeValue();
            }
            int outcomes = value.mayBeNull() ? Outcomes.NULL : 0;
            if (value.mayBeValue()) {
                outcomes |= mayEqual ? Outcomes.TRUE : 0;
                outcomes |= mustEqual ? 0 : hasNull ? Outcomes.NULL : Outcomes.FALSE;
            }
            return outcomes;
        };
    }

    /** @param matched the texts that may match, from the pattern and the constant behind it */
    private static ZoneCondition pattern(Expr.Call call, BiFunction<Bytes, Bytes, ValueRange> matched) {
        ZoneValue value = ValueCompiler.value(call.arg(0));
        Bytes pattern = text(call.arg(1));
        Bytes third = call.args().size() < 3 ? Bytes.EMPTY : text(call.arg(2));
        if (pattern == null || third == null) {
            return columns -> Outcomes.NULL;
        }
        ValueRange texts = matched.apply(pattern, third);
        return columns -> {
            ValueRange text = value.range(columns);
            return ((text.orders(texts) & ValueRange.EQUAL) != 0 ? Outcomes.TRUE : 0)
                    | (text.mayBeValue() ? Outcomes.FALSE : 0)
                    | (text.mayBeNull() ? Outcomes.NULL : 0);
        };
    }

    private static @Nullable Bytes text(Expr literal) {
        return (Bytes) ((Expr.Literal) literal).value();
    }

    private static ZoneCondition choose(ZoneCondition[] args) {
        return columns -> {
            int outcomes = 0;
            for (int i = 0; i + 1 < args.length; i += 2) {
                int condition = args[i].outcomes(columns);
                if (Outcomes.has(condition, Outcomes.TRUE)) {
                    outcomes |= args[i + 1].outcomes(columns);
                }
                if (condition == Outcomes.TRUE) {
                    return outcomes;
                }
            }
            return outcomes | args[args.length - 1].outcomes(columns);
        };
    }

    private static ZoneCondition coalesce(ZoneCondition[] args) {
        return columns -> {
            int outcomes = 0;
            for (ZoneCondition arg : args) {
                int next = arg.outcomes(columns);
                outcomes |= next & ~Outcomes.NULL;
                if (!Outcomes.has(next, Outcomes.NULL)) {
                    return outcomes;
                }
            }
            return outcomes | Outcomes.NULL;
        };
    }
}
