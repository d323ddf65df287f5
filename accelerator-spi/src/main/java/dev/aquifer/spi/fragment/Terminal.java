package dev.aquifer.spi.fragment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of the projected rows. */
public sealed interface Terminal {
    /**
     * The rows themselves, in stripe and row order.
     *
     * @param limit at most this many rows, or -1 for all
     */
    record Rows(long limit) implements Terminal {}

    /**
     * One row a group: keys, then partial states. With no keys exactly one row, even over no rows.
     *
     * @param keys positions among the projections; null is a key like any other; -0.0 joins 0.0, NaNs are one
     * @param completion what whoever runs the fragment does to its groups, all of which it has; null where partial states go
     *     out as they are
     */
    record Aggregate(
            List<Integer> keys,
            List<AggregateCall> calls,
            @Nullable Completion completion) implements Terminal {
        public Aggregate {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
        }

        public Aggregate(List<Integer> keys, List<AggregateCall> calls) {
            this(keys, calls, null);
        }

        public Aggregate with(@Nullable Completion other) {
            return new Aggregate(keys, calls, other);
        }
    }

    /**
     * The first {@code limit} rows in an order; equal rows in stripe and row order. The output has one INT64 column
     * more, last: the row's position, {@code stripe ordinal * 65,536 + row}, by which partial results merge.
     */
    record TopN(List<SortKey> keys, long limit) implements Terminal {
        public TopN {
            keys = List.copyOf(keys);
        }
    }
}
