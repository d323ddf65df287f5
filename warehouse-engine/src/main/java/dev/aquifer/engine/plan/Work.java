package dev.aquifer.engine.plan;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A fragment while it grows, and what follows its merge. Expressions are over {@code columns}, all columns of the source.
 *
 * @param filter a BOOLEAN, or null for all rows
 * @param finish for an Aggregate terminal what becomes of its states; null for the others
 */
public record Work(
        List<Field> columns,
        @Nullable Expr filter,
        List<Expr> projections,
        Terminal terminal,
        @Nullable Finish finish) {
    public Work {
        columns = List.copyOf(columns);
        projections = List.copyOf(projections);
        if ((finish != null) != (terminal instanceof Terminal.Aggregate)) {
            throw new IllegalArgumentException("a finish goes with an Aggregate: " + terminal);
        }
    }

    /** All columns of all rows. */
    public static Work scan(List<Field> columns) {
        List<Expr> projections = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            projections.add(new Expr.ColumnRef(i, columns.get(i).type()));
        }
        return new Work(columns, null, projections, new Terminal.Rows(-1), null);
    }

    /** Whether rows come out, all of them that pass the filter. */
    public boolean isOpen() {
        return terminal instanceof Terminal.Rows rows && rows.limit() < 0;
    }

    public Work withFilter(Expr newFilter) {
        return new Work(columns, newFilter, projections, terminal, finish);
    }

    public Work withProjections(List<Expr> newProjections) {
        return new Work(columns, filter, newProjections, terminal, finish);
    }

    public Work withTerminal(Terminal newTerminal) {
        return new Work(columns, filter, projections, newTerminal, finish);
    }

    public Work withFinish(Finish newFinish) {
        return new Work(columns, filter, projections, terminal, newFinish);
    }

    /** The fragment over those columns that it reads, in the order of the source. */
    public Fragment fragment() {
        TreeMap<Integer, Integer> used = new TreeMap<>();
        if (filter != null) {
            collect(filter, used);
        }
        projections.forEach(projection -> collect(projection, used));
        List<Field> read = new ArrayList<>();
        for (Map.Entry<Integer, Integer> column : used.entrySet()) {
            column.setValue(read.size());
            read.add(columns.get(column.getKey()));
        }
        return new Fragment(
                read,
                filter == null ? null : moved(filter, used),
                projections.stream().map(projection -> moved(projection, used)).toList(),
                terminal);
    }

    /** The fragment for one party that has all rows: it completes the groups of an aggregation. */
    public Fragment wholeFragment() {
        Fragment part = fragment();
        return finish != null && part.terminal() instanceof Terminal.Aggregate aggregate
                ? new Fragment(part.columns(), part.filter(), part.projections(), aggregate.with(finish.completion()))
                : part;
    }

    /** The source columns that {@link #fragment()} reads, ascending. */
    public List<Integer> readColumns() {
        TreeMap<Integer, Integer> used = new TreeMap<>();
        if (filter != null) {
            collect(filter, used);
        }
        projections.forEach(projection -> collect(projection, used));
        return List.copyOf(used.keySet());
    }

    private static void collect(Expr expr, TreeMap<Integer, Integer> used) {
        switch (expr) {
            case Expr.ColumnRef ref -> used.put(ref.index(), 0);
            case Expr.Literal literal -> {}
            case Expr.Call call -> call.args().forEach(arg -> collect(arg, used));
        }
    }

    private static Expr moved(Expr expr, TreeMap<Integer, Integer> places) {
        return switch (expr) {
            case Expr.ColumnRef ref -> new Expr.ColumnRef(place(places, ref.index()), ref.type());
            case Expr.Literal literal -> literal;
            case Expr.Call call ->
                new Expr.Call(
                        call.function(),
                        call.args().stream().map(arg -> moved(arg, places)).toList(),
                        call.type());
        };
    }

    private static int place(TreeMap<Integer, Integer> places, int column) {
        Integer place = places.get(column);
        if (place == null) {
            throw new IllegalStateException("column " + column + " was not collected");
        }
        return place;
    }

    /** The types of the columns that come out, before any finish. */
    public List<DataType> projectionTypes() {
        return projections.stream().map(Expr::type).toList();
    }
}
