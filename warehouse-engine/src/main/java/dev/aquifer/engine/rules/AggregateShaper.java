package dev.aquifer.engine.rules;

import dev.aquifer.engine.plan.Finish;
import dev.aquifer.engine.plan.Work;
import dev.aquifer.engine.sql.NumericTypes;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.expr.Typing;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.FinalColumn;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.merge.AggregateShape;
import dev.aquifer.spi.merge.AggregateState;
import dev.aquifer.spi.merge.Finisher;
import dev.aquifer.spi.type.DataType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Takes the aggregates of a query apart into states that merge, each computed once, and says how to finish them. */
final class AggregateShaper {
    /** Why aggregates cannot be said as states. */
    static final class NotShaped extends Exception {
        private static final long serialVersionUID = 1L;

        NotShaped(String reason) {
            super(reason, null, false, false);
        }
    }

    private final Work work;
    private final List<Expr> keys = new ArrayList<>();
    /** Arguments and filters; a filter comes before the arguments that it guards. */
    private final List<Expr> values = new ArrayList<>();

    private final List<State> states = new ArrayList<>();
    private final List<AggregateFunction> distinctFunctions = new ArrayList<>();
    private @Nullable Expr distinct;
    private final List<Pending> outputs = new ArrayList<>();
    private int singleCount = -1;

    /** A state of the fragment: positions among {@code values}, -1 for none. */
    private record State(AggregateFunction function, int arg, int filter) {}

    /** A finished column whose state positions are known once all states are: of the fragment, or of distinct values. */
    private record Pending(boolean ofDistinct, int first, int count) {}

    AggregateShaper(Work work, List<Integer> groupKeys) {
        this.work = work;
        for (int key : groupKeys) {
            keys.add(work.projections().get(key));
        }
    }

    int keys() {
        return keys.size();
    }

    /** Adds an aggregate; the result is its value over the finished columns. */
    Expr add(AggregateCall call) throws NotShaped {
        if (!call.getCollation().getFieldCollations().isEmpty()
                || !call.rexList.isEmpty() && call.getAggregation().getKind() != SqlKind.LITERAL_AGG) {
            throw new NotShaped(call.getAggregation().getName() + " in an order runs in the engine");
        }
        if (call.getAggregation().getKind() == SqlKind.LITERAL_AGG) {
            return literal(call.rexList.getFirst());
        }
        AggregateFunction extreme = extreme(call.getAggregation().getKind());
        boolean distinctMatters = call.isDistinct() && extreme == null;
        if (distinctMatters) {
            return distinct(call);
        }
        int filter = call.filterArg < 0 ? -1 : value(input(call.filterArg));
        if (call.getAggregation().getKind() == SqlKind.COUNT) {
            return finished(state(AggregateFunction.COUNT, countArgument(call), filter), -1);
        }
        if (call.getArgList().size() != 1) {
            throw new NotShaped(
                    call.getAggregation().getName() + " of " + call.getArgList().size() + " arguments");
        }
        int arg = value(input(call.getArgList().getFirst()));
        DataType type = values.get(arg).type();
        if (extreme != null) {
            if (call.getAggregation().getKind() == SqlKind.SINGLE_VALUE) {
                singleCount = state(AggregateFunction.COUNT, -1, filter);
            }
            return finished(state(extreme, arg, filter), -1);
        }
        return switch (call.getAggregation().getKind()) {
            case SUM -> finished(sum(type, arg, filter), -1);
            case SUM0 -> orZero(finished(sum(type, arg, filter), -1));
            case AVG -> finished(sum(type, arg, filter), state(AggregateFunction.COUNT, arg, filter));
            case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
                spread(call.getAggregation().getKind(), type, arg, filter);
            default ->
                throw new NotShaped("the aggregate " + call.getAggregation().getName() + " is not supported");
        };
    }

    /** From the count, the sum and the sum of squares, each a state that merges. */
    private Expr spread(SqlKind kind, DataType type, int arg, int filter) throws NotShaped {
        if (!type.isNumeric()) {
            throw new NotShaped(kind + " of " + type);
        }
        DataType decimal = NumericTypes.asDecimal(type);
        Expr value = Typed.as(values.get(arg), decimal == null ? DataType.FLOAT64 : decimal);
        int square = value(Expr.call(Function.MULTIPLY, value, value));
        Expr count = finished(state(AggregateFunction.COUNT, arg, filter), -1);
        Expr sum = finished(sum(type, arg, filter), -1);
        Expr squares = finished(sum(values.get(square).type(), square, filter), -1);
        boolean sample = kind == SqlKind.VAR_SAMP || kind == SqlKind.STDDEV_SAMP;
        return kind == SqlKind.STDDEV_POP || kind == SqlKind.STDDEV_SAMP
                ? Variance.root(count, sum, squares, sample)
                : Variance.of(count, sum, squares, sample);
    }

    private static @Nullable AggregateFunction extreme(SqlKind kind) {
        return switch (kind) {
            case MIN, ANY_VALUE, SINGLE_VALUE -> AggregateFunction.MIN;
            case MAX -> AggregateFunction.MAX;
            default -> null;
        };
    }

    private int sum(DataType type, int arg, int filter) throws NotShaped {
        if (!type.isNumeric()) {
            throw new NotShaped("SUM of " + type);
        }
        return state(AggregateFunction.SUM, arg, filter);
    }

    /** COUNT of several arguments counts rows in which none is null. */
    private int countArgument(AggregateCall call) {
        List<Integer> args = call.getArgList();
        if (args.isEmpty()) {
            return -1;
        }
        if (args.size() == 1) {
            return value(input(args.getFirst()));
        }
        return value(nullUnlessAll(args));
    }

    private Expr nullUnlessAll(List<Integer> args) {
        List<Expr> tests = args.stream()
                .map(arg -> (Expr) Expr.call(Function.IS_NOT_NULL, input(arg)))
                .toList();
        return Expr.call(
                Function.CASE,
                Expr.call(Function.AND, tests.toArray(Expr[]::new)),
                new Expr.Literal(DataType.INT64, 1L),
                new Expr.Literal(DataType.INT64, null));
    }

    private Expr distinct(AggregateCall call) throws NotShaped {
        SqlKind kind = call.getAggregation().getKind();
        if (call.getArgList().size() != 1) {
            throw new NotShaped("DISTINCT over " + call.getArgList().size() + " arguments runs in the engine");
        }
        Expr argument = input(call.getArgList().getFirst());
        if (call.filterArg >= 0) {
            argument =
                    Expr.call(Function.CASE, input(call.filterArg), argument, new Expr.Literal(argument.type(), null));
        }
        if (distinct != null && !distinct.equals(argument)) {
            throw new NotShaped("DISTINCT over more than one argument: each needs a grouping of its own");
        }
        distinct = argument;
        return switch (kind) {
            case COUNT -> distinctColumn(distinctState(AggregateFunction.COUNT), -1);
            case SUM -> distinctColumn(distinctSum(argument.type()), -1);
            case SUM0 -> orZero(distinctColumn(distinctSum(argument.type()), -1));
            case AVG -> {
                int sum = distinctSum(argument.type());
                yield distinctColumn(sum, distinctState(AggregateFunction.COUNT));
            }
            default -> throw new NotShaped("DISTINCT " + call.getAggregation().getName() + " is not supported");
        };
    }

    private int distinctSum(DataType type) throws NotShaped {
        if (!type.isNumeric()) {
            throw new NotShaped("SUM of " + type);
        }
        return distinctState(AggregateFunction.SUM);
    }

    private int distinctState(AggregateFunction function) {
        int place = distinctFunctions.indexOf(function);
        if (place < 0) {
            distinctFunctions.add(function);
            place = distinctFunctions.size() - 1;
        }
        return place;
    }

    private Expr literal(RexNode value) throws NotShaped {
        if (value instanceof RexLiteral literal && !literal.isNull() && literal.getValue() instanceof Boolean bool) {
            return new Expr.Literal(DataType.BOOLEAN, bool);
        }
        throw new NotShaped("a constant aggregate of " + value);
    }

    private Expr input(int column) {
        return work.projections().get(column);
    }

    private int value(Expr expr) {
        int place = values.indexOf(expr);
        if (place < 0) {
            values.add(expr);
            place = values.size() - 1;
        }
        return place;
    }

    private int state(AggregateFunction function, int arg, int filter) {
        State state = new State(function, arg, filter);
        int place = states.indexOf(state);
        if (place < 0) {
            states.add(state);
            place = states.size() - 1;
        }
        return place;
    }

    private Expr finished(int state, int count) {
        outputs.add(new Pending(false, state, count));
        return new Expr.ColumnRef(keys.size() + outputs.size() - 1, typeOf(states.get(state), count >= 0));
    }

    private Expr distinctColumn(int state, int count) {
        outputs.add(new Pending(true, state, count));
        AggregateState whole = new AggregateState(distinctFunctions.get(state), distinctType());
        DataType type = count < 0 ? whole.resultType() : Typing.averageType(distinctType());
        return new Expr.ColumnRef(keys.size() + outputs.size() - 1, type);
    }

    private DataType distinctType() {
        if (distinct == null) {
            throw new IllegalStateException("no DISTINCT was added");
        }
        return distinct.type();
    }

    private DataType typeOf(State state, boolean average) {
        DataType argument = state.arg < 0 ? null : values.get(state.arg).type();
        if (average && argument != null) {
            return Typing.averageType(argument);
        }
        return state.function.resultType(argument);
    }

    private static Expr orZero(Expr sum) {
        Object zero = switch (sum.type().physical()) {
            case LONG -> 0L;
            case INT128 -> BigInteger.ZERO;
            case DOUBLE -> 0.0;
            case BOOL, BYTES -> throw new IllegalArgumentException("a sum is a number: " + sum.type());
        };
        return Expr.call(Function.COALESCE, sum, new Expr.Literal(sum.type(), zero));
    }

    /** The work with the aggregation in it. */
    Work work() {
        // Keys first, then filters, then arguments: a guarded argument must come after its filter.
        List<Expr> projections = new ArrayList<>(keys);
        if (distinct != null) {
            projections.add(distinct);
        }
        int base = projections.size();
        List<Integer> order = new ArrayList<>();
        for (State state : states) {
            if (state.filter >= 0 && !order.contains(state.filter)) {
                order.add(state.filter);
            }
        }
        for (int i = 0; i < values.size(); i++) {
            if (!order.contains(i)) {
                order.add(i);
            }
        }
        order.forEach(value -> projections.add(values.get(value)));
        List<dev.aquifer.spi.fragment.AggregateCall> calls = new ArrayList<>();
        for (State state : states) {
            calls.add(new dev.aquifer.spi.fragment.AggregateCall(
                    state.function,
                    state.arg < 0 ? -1 : base + order.indexOf(state.arg),
                    state.filter < 0 ? -1 : base + order.indexOf(state.filter)));
        }
        List<Integer> groups = new ArrayList<>();
        for (int i = 0; i < base; i++) {
            groups.add(i);
        }
        Completion.Distinct second = distinct == null ? null : new Completion.Distinct(distinctFunctions);
        return new Work(
                work.columns(),
                work.filter(),
                projections,
                new Terminal.Aggregate(groups, calls),
                new Finish(second, finals(), singleCount));
    }

    private List<FinalColumn> finals() {
        List<FinalColumn> finals = new ArrayList<>();
        for (int key = 0; key < keys.size(); key++) {
            finals.add(new FinalColumn.Key(key));
        }
        for (Pending output : outputs) {
            int base = output.ofDistinct ? states.size() : 0;
            finals.add(
                    output.count < 0
                            ? new FinalColumn.Value(base + output.first)
                            : new FinalColumn.Average(base + output.first, base + output.count));
        }
        return finals;
    }

    /** The shape after the second grouping, whose states the finish speaks of. */
    AggregateShape finalShape() {
        List<AggregateState> all = new ArrayList<>();
        for (State state : states) {
            all.add(new AggregateState(
                    state.function, state.arg < 0 ? null : values.get(state.arg).type()));
        }
        for (AggregateFunction function : distinctFunctions) {
            all.add(new AggregateState(function, distinctType()));
        }
        return new AggregateShape(keys.stream().map(Expr::type).toList(), all);
    }

    List<DataType> finishedTypes() {
        AggregateShape shape = finalShape();
        return finals().stream().map(column -> Finisher.type(shape, column)).toList();
    }
}
