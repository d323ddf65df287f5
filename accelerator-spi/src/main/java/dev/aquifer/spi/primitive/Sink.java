package dev.aquifer.spi.primitive;

import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.SortKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a program does with the rows that pass its filter; as {@link dev.aquifer.spi.fragment.Terminal}, over registers. */
public sealed interface Sink {
    /** @param outputs registers of the output columns; {@code limit} rows at most over all stripes, -1 for all */
    record Rows(List<Integer> outputs, long limit) implements Sink {
        public Rows {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * @param keys registers of the group keys
     * @param completion what is done to the groups of all accumulators together, or null
     */
    record Aggregate(
            List<Integer> keys, List<Call> calls, @Nullable Completion completion) implements Sink {
        public Aggregate {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
        }

        public Aggregate(List<Integer> keys, List<Call> calls) {
            this(keys, calls, null);
        }
    }

    /** @param arg argument register or -1; {@code filter} BOOLEAN register or -1 */
    record Call(AggregateFunction function, int arg, int filter) {}

    /** @param keys sort keys by position among {@code outputs} */
    record TopN(List<Integer> outputs, List<SortKey> keys, long limit) implements Sink {
        public TopN {
            outputs = List.copyOf(outputs);
            keys = List.copyOf(keys);
        }
    }
}
