package dev.aquifer.hwtests.generate;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.FinalColumn;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Every aggregate over every type, groups by every type, orders by every type in every direction. */
public final class TerminalCases {
    /** A fragment of plain columns. */
    public record TerminalCase(String name, Fragment fragment) {}

    private final List<TerminalCase> cases = new ArrayList<>();

    private TerminalCases() {}

    /** All cases, the same in every run. */
    public static List<TerminalCase> all() {
        TerminalCases cases = new TerminalCases();
        for (DataType type : RandomValues.TYPES) {
            for (AggregateFunction function : AggregateFunction.values()) {
                if (function != AggregateFunction.SUM || type.isNumeric()) {
                    cases.aggregates(function, type);
                }
            }
            cases.groups(type);
            cases.completions(type);
            cases.orders(type);
        }
        cases.aggregate("COUNT of rows", List.of(), List.of(), new AggregateCall(AggregateFunction.COUNT, -1, -1));
        cases.aggregate(
                "groups without aggregates",
                List.of(DataType.INT8, DataType.VARCHAR),
                List.of(0, 1),
                new AggregateCall[0]);
        cases.aggregate(
                "groups by a key twice",
                List.of(DataType.INT8),
                List.of(0, 0),
                new AggregateCall(AggregateFunction.COUNT, 0, -1));
        cases.limits();
        return cases.cases;
    }

    private static Fragment fragment(List<DataType> types, Terminal terminal) {
        List<Field> fields = IntStream.range(0, types.size())
                .mapToObj(i -> new Field("c" + i, types.get(i)))
                .toList();
        List<Expr> columns = IntStream.range(0, types.size())
                .<Expr>mapToObj(i -> new Expr.ColumnRef(i, types.get(i)))
                .toList();
        return new Fragment(fields, null, columns, terminal);
    }

    private void aggregate(String name, List<DataType> types, List<Integer> keys, AggregateCall... calls) {
        cases.add(new TerminalCase(name, fragment(types, new Terminal.Aggregate(keys, List.of(calls)))));
    }

    private void aggregates(AggregateFunction function, DataType type) {
        String name = function + " of " + type;
        aggregate(name, List.of(type), List.of(), new AggregateCall(function, 0, -1));
        aggregate(
                name + " with FILTER",
                List.of(DataType.BOOLEAN, type),
                List.of(),
                new AggregateCall(function, 1, 0),
                new AggregateCall(function, 1, -1));
        aggregate(
                name + " by INT8",
                List.of(DataType.INT8, type, DataType.BOOLEAN),
                List.of(0),
                new AggregateCall(function, 1, -1),
                new AggregateCall(function, 1, 2));
    }

    private void groups(DataType type) {
        AggregateCall count = new AggregateCall(AggregateFunction.COUNT, -1, -1);
        aggregate("groups by " + type, List.of(type), List.of(0), count);
        aggregate(
                "groups by " + type + " and VARCHAR and FLOAT64",
                List.of(type, DataType.VARCHAR, DataType.FLOAT64),
                List.of(1, 0, 2),
                count,
                new AggregateCall(AggregateFunction.MAX, 1, -1));
    }

    private void completions(DataType type) {
        AggregateCall count = new AggregateCall(AggregateFunction.COUNT, -1, -1);
        AggregateCall greatest = new AggregateCall(AggregateFunction.MAX, 1, 2);
        for (boolean descending : List.of(false, true)) {
            Completion.Key byCount = new Completion.Key(new FinalColumn.Value(0), descending, false);
            Completion.Key byGreatest = new Completion.Key(new FinalColumn.Value(1), descending, !descending);
            Completion.Key byKey = new Completion.Key(new FinalColumn.Key(0), !descending, descending);
            String end = type + (descending ? " descending" : "");
            completion("first groups by count and " + end, type, new Completion.Top(List.of(byCount, byKey), 7), count);
            completion("first groups by " + end, type, new Completion.Top(List.of(byKey), 3), count);
            completion(
                    "first groups by greatest and " + end,
                    type,
                    new Completion.Top(List.of(byGreatest), 4),
                    count,
                    greatest);
        }
        completion("groups by distinct " + type, type, new Completion.Distinct(List.of(AggregateFunction.COUNT)));
        completion(
                "groups by distinct " + type + " with count",
                type,
                new Completion.Distinct(
                        type.isNumeric()
                                ? List.of(AggregateFunction.SUM, AggregateFunction.COUNT)
                                : List.of(AggregateFunction.COUNT)),
                count);
    }

    private void completion(String name, DataType type, Completion completion, AggregateCall... calls) {
        List<DataType> types = List.of(type, type, DataType.BOOLEAN);
        cases.add(new TerminalCase(
                name, fragment(types, new Terminal.Aggregate(List.of(0), List.of(calls), completion))));
        cases.add(new TerminalCase(
                name + " and BOOLEAN",
                fragment(types, new Terminal.Aggregate(List.of(2, 0), List.of(calls), completion))));
    }

    private void orders(DataType type) {
        for (boolean descending : List.of(false, true)) {
            for (boolean nullsFirst : List.of(false, true)) {
                String name = "TOP by " + type + (descending ? " descending" : "") + (nullsFirst ? " nulls first" : "");
                SortKey key = new SortKey(0, descending, nullsFirst);
                cases.add(new TerminalCase(name, fragment(List.of(type), new Terminal.TopN(List.of(key), 17))));
                SortKey second = new SortKey(1, !descending, nullsFirst);
                cases.add(new TerminalCase(
                        name + ", VARCHAR",
                        fragment(
                                List.of(type, DataType.VARCHAR, DataType.INT64),
                                new Terminal.TopN(List.of(key, second), 1_000))));
            }
        }
    }

    private void limits() {
        for (long limit : List.of(0L, 1L, 63L, 64L, 1_024L, 100_000L)) {
            cases.add(new TerminalCase(
                    "LIMIT " + limit, fragment(List.of(DataType.INT32, DataType.VARCHAR), new Terminal.Rows(limit))));
            cases.add(new TerminalCase(
                    "TOP " + limit + " without keys",
                    fragment(List.of(DataType.INT32), new Terminal.TopN(List.of(), limit))));
        }
    }
}
