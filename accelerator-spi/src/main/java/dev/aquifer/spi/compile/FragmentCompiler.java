package dev.aquifer.spi.compile;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.primitive.Sink;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles a fragment to a primitive program. Equal subexpressions share a register. An operation that can fail gets a
 * mask, so that it fails only for rows that SQL evaluates: rows that passed the filter, the branch of a CASE that was
 * taken, the right side of an AND whose left side is not false.
 */
public final class FragmentCompiler {
    private FragmentCompiler() {}

    /** @throws AquiferException INVALID_PLAN or TYPE_MISMATCH if the fragment does not {@link Fragment#check() check} */
    public static CompiledFragment compile(Fragment fragment) {
        fragment.check();
        ProgramBuilder builder = new ProgramBuilder();
        Expr condition = fragment.filter();
        int filter = condition == null ? -1 : builder.lower(condition, -1);
        List<Integer> outputs = new ArrayList<>();
        for (int i = 0; i < fragment.projections().size(); i++) {
            int mask = maskOf(fragment, i, filter, outputs, builder);
            outputs.add(builder.lower(fragment.projections().get(i), mask));
        }
        Sink sink = switch (fragment.terminal()) {
            case Terminal.Rows rows -> new Sink.Rows(outputs, rows.limit());
            case Terminal.TopN top -> new Sink.TopN(outputs, top.keys(), top.limit());
            case Terminal.Aggregate aggregate ->
                new Sink.Aggregate(
                        aggregate.keys().stream().map(outputs::get).toList(),
                        aggregate.calls().stream()
                                .map(call -> sinkCall(call, outputs))
                                .toList(),
                        aggregate.completion());
        };
        Program program = new Program(fragment.columnTypes(), builder.parameters(), builder.ops(), filter, sink);
        return new CompiledFragment(program, builder.arguments());
    }

    /**
     * The mask of a projection. The argument of aggregates that all have the same FILTER is evaluated only where that
     * filter is true, as PostgreSQL does; it must stand before the argument among the projections.
     */
    private static int maskOf(
            Fragment fragment, int projection, int filter, List<Integer> outputs, ProgramBuilder builder) {
        if (!(fragment.terminal() instanceof Terminal.Aggregate aggregate)
                || aggregate.keys().contains(projection)) {
            return filter;
        }
        List<AggregateCall> users = aggregate.calls().stream()
                .filter(call -> call.arg() == projection || call.filter() == projection)
                .toList();
        int only = -1;
        for (AggregateCall call : users) {
            boolean guarded = call.arg() == projection && call.filter() >= 0 && call.filter() < projection;
            if (!guarded || only >= 0 && only != call.filter()) {
                return filter;
            }
            only = call.filter();
        }
        return only < 0 ? filter : builder.and(filter, outputs.get(only));
    }

    private static Sink.Call sinkCall(AggregateCall call, List<Integer> outputs) {
        return new Sink.Call(
                call.function(),
                call.arg() < 0 ? -1 : outputs.get(call.arg()),
                call.filter() < 0 ? -1 : outputs.get(call.filter()));
    }
}
