package dev.aquifer.engine.execute;

import dev.aquifer.spi.block.ZoneMaps;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.merge.AggregateState;
import dev.aquifer.spi.merge.Finisher;
import dev.aquifer.spi.merge.FloatSum;
import dev.aquifer.spi.merge.WideSum;
import dev.aquifer.spi.type.DataType;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** An aggregate that takes one value after the other; sums are the ones that fragments compute. */
final class WindowAggregate {
    private final WindowCall.Function function;
    private final @Nullable DataType type;
    private long count;
    private BigInteger exact = BigInteger.ZERO;
    private final long[] floats = new long[FloatSum.LONGS];
    private @Nullable Object best;

    /** @param type of the argument, null for COUNT of rows */
    WindowAggregate(WindowCall.Function function, @Nullable DataType type) {
        this.function = function;
        this.type = type;
    }

    void add(@Nullable Object value) {
        if (value == null) {
            return;
        }
        count++;
        switch (function) {
            case SUM, SUM0, AVG -> addToSum(value);
            case MIN -> best = best == null || ZoneMaps.compare(value, best) < 0 ? value : best;
            case MAX -> best = best == null || ZoneMaps.compare(value, best) > 0 ? value : best;
            case COUNT -> {}
            default -> throw new IllegalStateException(function + " is no aggregate");
        }
    }

    private void addToSum(Object value) {
        switch (value) {
            case Long number -> exact = exact.add(BigInteger.valueOf(number));
            case BigInteger wide -> exact = exact.add(wide);
            case Double number -> FloatSum.add(floats, 0, number);
            default -> throw new IllegalStateException("a sum of " + value.getClass());
        }
    }

    @Nullable
    Object result() {
        return switch (function) {
            case COUNT -> (Object) count;
            case MIN, MAX -> best;
            case SUM -> count == 0 ? null : Finisher.value(sum(), state());
            case SUM0 -> Finisher.value(sum(), state());
            case AVG -> count == 0 ? null : Finisher.average(sum(), state(), count);
            default -> throw new IllegalStateException(function + " is no aggregate");
        };
    }

    private AggregateState sum() {
        return new AggregateState(AggregateFunction.SUM, type);
    }

    private Object state() {
        return switch (sum().kind()) {
            case FLOAT_SUM -> FloatSum.encode(floats, 0);
            case WIDE_SUM -> WideSum.encode(exact);
            case SUM -> exact;
            case COUNT, MIN, MAX -> throw new IllegalStateException("a sum is no " + sum().kind());
        };
    }
}
