package dev.aquifer.spi.fragment;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Typing;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import dev.aquifer.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code scan filter? project (rows | aggregate | topn)}: what a node does to the stripes it is given.
 *
 * @param columns the scanned columns, by name; expressions refer to them by position here
 * @param filter a BOOLEAN over the columns; rows where it is true go on; null for all rows
 * @param projections expressions over the columns, evaluated for the rows that passed
 * @param terminal what becomes of the projected rows
 */
public record Fragment(List<Field> columns, @Nullable Expr filter, List<Expr> projections, Terminal terminal) {
    public Fragment {
        columns = List.copyOf(columns);
        projections = List.copyOf(projections);
    }

    public List<DataType> columnTypes() {
        return columns.stream().map(Field::type).toList();
    }

    /** The types of the rows that come back: projections; or keys and states; or projections and position. */
    public List<DataType> outputTypes() {
        List<DataType> types = new ArrayList<>();
        switch (terminal) {
            case Terminal.Rows rows -> projections.forEach(projection -> types.add(projection.type()));
            case Terminal.Aggregate aggregate -> {
                aggregate.keys().forEach(key -> types.add(projections.get(key).type()));
                for (AggregateCall call : aggregate.calls()) {
                    types.add(call.function().stateType(argType(call)));
                }
                if (aggregate.completion() instanceof Completion.Distinct distinct) {
                    distinct.complete(types, aggregate.keys().size());
                }
            }
            case Terminal.TopN top -> {
                projections.forEach(projection -> types.add(projection.type()));
                types.add(DataType.INT64);
            }
        }
        return types;
    }

    public @Nullable DataType argType(AggregateCall call) {
        return call.arg() < 0 ? null : projections.get(call.arg()).type();
    }

    /**
     * Checks types and positions; a fragment that passes can be compiled.
     *
     * @throws AquiferException INVALID_PLAN or TYPE_MISMATCH, saying what is wrong
     */
    public void check() {
        List<DataType> types = columnTypes();
        for (DataType type : types) {
            require(type.kind() != TypeKind.BINARY, "a scanned column cannot be BINARY");
        }
        if (filter != null) {
            Typing.check(filter, types);
            require(filter.type().equals(DataType.BOOLEAN), "the filter is " + filter.type() + ", not BOOLEAN");
        }
        for (Expr projection : projections) {
            Typing.check(projection, types);
        }
        switch (terminal) {
            case Terminal.Rows rows -> require(rows.limit() >= -1, "limit " + rows.limit());
            case Terminal.Aggregate aggregate -> {
                aggregate.keys().forEach(this::requireProjection);
                aggregate.calls().forEach(this::checkCall);
                checkCompletion(aggregate);
            }
            case Terminal.TopN top -> {
                require(top.limit() >= 0, "limit " + top.limit());
                top.keys().forEach(key -> requireProjection(key.column()));
            }
        }
    }

    private void checkCall(AggregateCall call) {
        if (call.arg() != -1 || call.function() != AggregateFunction.COUNT) {
            requireProjection(call.arg());
            if (call.function() == AggregateFunction.SUM) {
                DataType type = projections.get(call.arg()).type();
                require(type.isNumeric(), "SUM of " + type);
            }
        }
        if (call.filter() != -1) {
            requireProjection(call.filter());
            DataType type = projections.get(call.filter()).type();
            require(type.equals(DataType.BOOLEAN), "an aggregate's filter is " + type + ", not BOOLEAN");
        }
    }

    private void checkCompletion(Terminal.Aggregate aggregate) {
        switch (aggregate.completion()) {
            case null -> {}
            case Completion.Top top -> {
                require(top.limit() >= 0, "limit " + top.limit());
                top.order().forEach(key -> checkFinal(aggregate, key.column()));
            }
            case Completion.Distinct distinct -> {
                require(!aggregate.keys().isEmpty(), "DISTINCT without an argument");
                DataType argument = projections.get(aggregate.keys().getLast()).type();
                for (AggregateFunction function : distinct.functions()) {
                    require(
                            function == AggregateFunction.COUNT
                                    || function == AggregateFunction.SUM && argument.isNumeric(),
                            function + " of distinct values of " + argument);
                }
            }
        }
    }

    private void checkFinal(Terminal.Aggregate aggregate, FinalColumn column) {
        switch (column) {
            case FinalColumn.Key key ->
                require(
                        key.key() >= 0 && key.key() < aggregate.keys().size(),
                        "key " + key.key() + " is out of range: there are "
                                + aggregate.keys().size());
            case FinalColumn.Value value -> requireState(aggregate, value.state());
            case FinalColumn.Average average -> {
                requireState(aggregate, average.sum());
                requireState(aggregate, average.count());
                require(
                        aggregate.calls().get(average.sum()).function() == AggregateFunction.SUM
                                && aggregate.calls().get(average.count()).function() == AggregateFunction.COUNT,
                        "an average of states " + average.sum() + " and " + average.count()
                                + ", which are no sum and count");
            }
        }
    }

    private static void requireState(Terminal.Aggregate aggregate, int state) {
        require(
                state >= 0 && state < aggregate.calls().size(),
                "state " + state + " is out of range: there are "
                        + aggregate.calls().size());
    }

    private void requireProjection(int position) {
        require(
                position >= 0 && position < projections.size(),
                "projection " + position + " is out of range: there are " + projections.size());
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AquiferException(ErrorCode.INVALID_PLAN, "bad fragment: " + what);
        }
    }
}
