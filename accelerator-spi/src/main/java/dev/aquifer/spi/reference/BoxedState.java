package dev.aquifer.spi.reference;

import dev.aquifer.spi.block.ZoneMaps;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.merge.AggregateState;
import dev.aquifer.spi.merge.FloatSum;
import dev.aquifer.spi.merge.WideSum;
import dev.aquifer.spi.type.Bytes;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The state of one aggregate of one group. */
final class BoxedState {
    private final AggregateState.Kind kind;
    private final MemoryReservation memory;
    private final long[] floats;
    private long count;
    private BigInteger sum = BigInteger.ZERO;
    private @Nullable Object extreme;

    BoxedState(AggregateState state, MemoryReservation memory) {
        this.kind = state.kind();
        this.memory = memory;
        this.floats = new long[kind == AggregateState.Kind.FLOAT_SUM ? FloatSum.LONGS : 0];
    }

    /** Counts a row, whatever its values. */
    void countRow() {
        count++;
    }

    /** Takes an argument that is not null. */
    void add(Object value) {
        count++;
        switch (kind) {
            case COUNT -> {
                // Counted above.
            }
            case SUM, WIDE_SUM -> sum = sum.add(Numbers.unscaled(value));
            case FLOAT_SUM -> FloatSum.add(floats, 0, (Double) value);
            case MIN -> extreme(value, -1);
            case MAX -> extreme(value, 1);
        }
    }

    private void extreme(Object value, int sign) {
        Object held = extreme;
        if (held == null || order(value, held) * sign > 0) {
            if (value instanceof Bytes text) {
                memory.add(text.length());
                memory.remove(held == null ? 0 : ((Bytes) held).length());
            }
            extreme = value;
        }
    }

    /** As SQL compares, but -0.0 is less than 0.0: else the result would depend on which came first. */
    private static int order(Object left, Object right) {
        return Integer.signum(
                left instanceof Double value ? value.compareTo((Double) right) : ZoneMaps.compare(left, right));
    }

    /** The physical value in which the state travels. */
    @Nullable
    Object state() {
        if (kind == AggregateState.Kind.COUNT) {
            return count;
        }
        if (count == 0) {
            return null;
        }
        return switch (kind) {
            case COUNT -> count;
            case SUM -> sum;
            case WIDE_SUM -> WideSum.encode(sum);
            case FLOAT_SUM -> FloatSum.encode(floats, 0);
            case MIN, MAX -> extreme;
        };
    }
}
