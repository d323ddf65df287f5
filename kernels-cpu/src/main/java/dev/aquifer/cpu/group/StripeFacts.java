package dev.aquifer.cpu.group;

import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.primitive.Sink;
import java.util.Arrays;
import java.util.List;

/**
 * What the metadata of blocks tells of aggregates without keys over all rows of a stripe: counts, and the extremes of columns whose
 * bounds are values of theirs.
 */
final class StripeFacts {
    private final Program program;
    private final List<Sink.Call> calls;
    /** By call: whether the stripe at hand is done. */
    private final boolean[] known;

    StripeFacts(Program program, Sink.Aggregate sink) {
        this.program = program;
        this.calls = sink.calls();
        this.known = new boolean[calls.size()];
    }

    /** Whether a call needs no rows of the stripe at hand. */
    boolean knows(int call) {
        return known[call];
    }

    /**
     * Goes to a stripe, and adds what its metadata tells to the states.
     *
     * @param whole whether all of its rows pass
     * @return whether there are calls that need the rows
     */
    boolean take(Stripe stripe, boolean whole, List<GroupState> states) {
        Arrays.fill(known, false);
        if (!whole) {
            return true;
        }
        boolean needsRows = false;
        for (int i = 0; i < known.length; i++) {
            known[i] = take(stripe, calls.get(i), states.get(i));
            needsRows |= !known[i];
        }
        return needsRows;
    }

    private boolean take(Stripe stripe, Sink.Call call, GroupState state) {
        if (call.filter() >= 0) {
            return false;
        }
        if (call.arg() < 0) {
            ((CountState) state).count(0, stripe.rows());
            return true;
        }
        Op op = program.ops().get(call.arg());
        if (op.primitive() != Primitive.LOAD) {
            return false;
        }
        Block block = stripe.columns().get(op.index());
        if (call.function() == AggregateFunction.COUNT) {
            ((CountState) state).count(0, stripe.rows() - block.nullCount());
            return true;
        }
        if (!(state instanceof ExtremeState extreme)) {
            return false;
        }
        if (block.nullCount() == stripe.rows()) {
            return true;
        }
        ZoneMap zone = block.zoneMap();
        Object value = call.function() == AggregateFunction.MIN ? zone.least() : zone.greatest();
        if (value == null) {
            return false;
        }
        extreme.see(0);
        extreme.offerBound(0, value);
        return true;
    }
}
