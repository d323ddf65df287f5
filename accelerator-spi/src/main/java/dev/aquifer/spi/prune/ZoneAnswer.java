package dev.aquifer.spi.prune;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.block.ZoneMaps;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of an aggregation without keys that zone maps answer: counts, and the extremes of columns whose bounds are values of
 * theirs, over runs of rows of which the filter leaves out none. Other runs have to be read. Not thread-safe.
 */
public final class ZoneAnswer {
    private final Fragment fragment;
    private final @Nullable ZonePruner filter;
    private final List<AggregateCall> calls;
    /** By call: the count, or the extreme so far, null while there is none. */
    private final @Nullable Object[] states;

    private boolean empty = true;

    private ZoneAnswer(Fragment fragment, List<AggregateCall> calls) {
        this.fragment = fragment;
        this.filter = fragment.filter() == null ? null : ZonePruner.of(fragment.filter());
        this.calls = calls;
        this.states = new @Nullable Object[calls.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = calls.get(i).function() == AggregateFunction.COUNT ? (Object) 0L : null;
        }
    }

    /** An answer that has met no rows; null where no zone map could answer the fragment. */
    public static @Nullable ZoneAnswer of(Fragment fragment) {
        if (!(fragment.terminal() instanceof Terminal.Aggregate aggregate)
                || !aggregate.keys().isEmpty()
                || aggregate.completion() != null) {
            return null;
        }
        for (AggregateCall call : aggregate.calls()) {
            boolean known = call.filter() < 0 && call.function() != AggregateFunction.SUM;
            if (!known || call.arg() >= 0 && !(fragment.projections().get(call.arg()) instanceof Expr.ColumnRef)) {
                return null;
            }
        }
        return new ZoneAnswer(fragment, aggregate.calls());
    }

    /**
     * Takes a run of rows.
     *
     * @param zones what is known of the run's values, by column of the fragment
     * @return false where the rows have to be read; nothing is taken then
     */
    public boolean take(long rows, List<ZoneMap> zones) {
        if (filter != null && !filter.alwaysMatches(zones::get)) {
            return false;
        }
        for (AggregateCall call : calls) {
            if (!tells(call, zones)) {
                return false;
            }
        }
        for (int i = 0; i < states.length; i++) {
            states[i] = with(states[i], calls.get(i), rows, zones);
        }
        empty = false;
        return true;
    }

    private ZoneMap zone(AggregateCall call, List<ZoneMap> zones) {
        return zones.get(((Expr.ColumnRef) fragment.projections().get(call.arg())).index());
    }

    private boolean tells(AggregateCall call, List<ZoneMap> zones) {
        if (call.arg() < 0) {
            return true;
        }
        ZoneMap zone = zone(call, zones);
        if (call.function() == AggregateFunction.COUNT || zone.allNull()) {
            return zone.nullCount() >= 0;
        }
        return extreme(call, zone) != null;
    }

    private static @Nullable Object extreme(AggregateCall call, ZoneMap zone) {
        return call.function() == AggregateFunction.MIN ? zone.least() : zone.greatest();
    }

    private @Nullable Object with(@Nullable Object state, AggregateCall call, long rows, List<ZoneMap> zones) {
        if (call.function() == AggregateFunction.COUNT) {
            long nulls = call.arg() < 0 ? 0 : zone(call, zones).nullCount();
            return (state == null ? 0L : (Long) state) + rows - nulls;
        }
        Object extreme = extreme(call, zone(call, zones));
        if (state == null || extreme == null) {
            return state == null ? extreme : state;
        }
        int order = ZoneMaps.compare(extreme, state);
        return (call.function() == AggregateFunction.MIN ? order < 0 : order > 0) ? extreme : state;
    }

    /** Whether no rows were taken. */
    public boolean isEmpty() {
        return empty;
    }

    /** The partial states of the rows taken: one row, of the fragment's output types. */
    public Batch batch() {
        List<DataType> types = fragment.outputTypes();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < states.length; i++) {
            ColumnBuilder builder = new ColumnBuilder(types.get(i), 1);
            builder.append(states[i]);
            columns.add(builder.build());
        }
        return new Batch(1, columns);
    }
}
