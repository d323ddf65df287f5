package dev.aquifer.engine.execute;

import dev.aquifer.engine.plan.Finish;
import dev.aquifer.engine.plan.Work;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.FinalColumn;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fragments in words. */
final class WorkText {
    private WorkText() {}

    /** @param whole whether one party has all of the rows, and completes the groups */
    static String of(Work work, boolean whole) {
        List<String> parts = new ArrayList<>();
        if (work.filter() != null) {
            parts.add("filter " + text(work.filter(), work.columns()));
        }
        List<String> projections = work.projections().stream()
                .map(projection -> text(projection, work.columns()))
                .toList();
        switch (work.terminal()) {
            case Terminal.Rows rows -> {
                parts.add("project [" + String.join(", ", projections) + "]");
                if (rows.limit() >= 0) {
                    parts.add("limit " + rows.limit());
                }
            }
            case Terminal.TopN top -> {
                parts.add("project [" + String.join(", ", projections) + "]");
                parts.add("top " + top.limit() + " by " + keys(top.keys(), projections));
            }
            case Terminal.Aggregate aggregate ->
                parts.add(aggregate(aggregate, projections, whole ? work.finish() : null));
        }
        return String.join(", ", parts);
    }

    private static String aggregate(Terminal.Aggregate aggregate, List<String> projections, @Nullable Finish finish) {
        List<String> keys = aggregate.keys().stream().map(projections::get).toList();
        List<String> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.calls()) {
            String argument = call.arg() < 0 ? "*" : projections.get(call.arg());
            String filter = call.filter() < 0 ? "" : " filter (where " + projections.get(call.filter()) + ")";
            calls.add(call.function() + "(" + argument + ")" + filter);
        }
        String text = "partial aggregate [" + String.join(", ", calls) + "]";
        if (!keys.isEmpty()) {
            text += " group by [" + String.join(", ", keys) + "]";
        }
        return switch (finish == null ? null : finish.completion()) {
            case null -> text;
            case Completion.Distinct distinct -> text + ", distinct values of the last key";
            case Completion.Top top -> text + ", top groups " + top.limit() + " by " + order(top, keys, calls);
        };
    }

    private static String order(Completion.Top top, List<String> keys, List<String> calls) {
        List<String> names = new ArrayList<>();
        List<SortKey> order = new ArrayList<>();
        for (Completion.Key key : top.order()) {
            names.add(
                    switch (key.column()) {
                        case FinalColumn.Key group -> keys.get(group.key());
                        case FinalColumn.Value value -> calls.get(value.state());
                        case FinalColumn.Average average ->
                            calls.get(average.sum()) + " / " + calls.get(average.count());
                    });
            order.add(new SortKey(order.size(), key.descending(), key.nullsFirst()));
        }
        return keys(order, names);
    }

    static String keys(List<SortKey> keys, List<String> names) {
        return keys.stream()
                .map(key -> names.get(key.column())
                        + (key.descending() ? " desc" : "")
                        + (key.nullsFirst() == key.descending()
                                ? ""
                                : key.nullsFirst() ? " nulls first" : " nulls last"))
                .collect(Collectors.joining(", "));
    }

    static String text(Expr expr, List<Field> columns) {
        return switch (expr) {
            case Expr.ColumnRef ref -> columns.get(ref.index()).name();
            case Expr.Literal literal -> literal.toString();
            case Expr.Call call -> call(call, columns);
        };
    }

    private static String call(Expr.Call call, List<Field> columns) {
        List<String> args = call.args().stream().map(arg -> text(arg, columns)).toList();
        return switch (call.function()) {
            case EQUAL -> infix(args, "=");
            case NOT_EQUAL -> infix(args, "<>");
            case LESS -> infix(args, "<");
            case LESS_OR_EQUAL -> infix(args, "<=");
            case GREATER -> infix(args, ">");
            case GREATER_OR_EQUAL -> infix(args, ">=");
            case AND -> infix(args, "AND");
            case OR -> infix(args, "OR");
            case ADD -> infix(args, "+");
            case SUBTRACT -> infix(args, "-");
            case MULTIPLY -> infix(args, "*");
            case DIVIDE -> infix(args, "/");
            case MODULO -> infix(args, "%");
            case LIKE -> infix(args, "LIKE");
            case SIMILAR_TO -> args.size() == 2 ? infix(args, "SIMILAR TO") : named(call, args);
            case REGEXP_LIKE -> args.size() == 2 ? infix(args, "~") : named(call, args);
            case CONCAT -> infix(args, "||");
            case CAST -> "CAST(" + args.getFirst() + " AS " + call.type() + ")";
            case IN -> args.getFirst() + " IN (" + String.join(", ", args.subList(1, args.size())) + ")";
            default -> named(call, args);
        };
    }

    private static String named(Expr.Call call, List<String> args) {
        return call.function() + "(" + String.join(", ", args) + ")";
    }

    private static String infix(List<String> args, String operator) {
        return "(" + String.join(" " + operator + " ", args) + ")";
    }
}
