package dev.aquifer.spi.fragment;

import dev.aquifer.spi.type.DataType;
import java.util.List;

/**
 * What becomes of the groups of an aggregation where one party has all of them: it may then send less. Only a fragment that goes
 * to one party says so; results of several parties with a completion do not merge.
 */
public sealed interface Completion {
    /**
     * Only groups that can be among the first {@code limit} of an order go out: those that come before or tie with the one at
     * that place, in any order. More groups than these may go out, too; the reader sorts and cuts all the same.
     */
    record Top(List<Key> order, long limit) implements Completion {
        public Top {
            order = List.copyOf(order);
        }
    }

    /** One key of an order of groups. */
    record Key(FinalColumn column, boolean descending, boolean nullsFirst) {}

    /**
     * The second grouping of DISTINCT: the last key is the argument of aggregates over distinct values. What goes out are groups
     * by the other keys, with the states of the aggregation merged, and then these states of the distinct values.
     *
     * @param functions COUNT or SUM
     */
    record Distinct(List<AggregateFunction> functions) implements Completion {
        public Distinct {
            functions = List.copyOf(functions);
        }

        /** Turns the types of keys and states into those that go out. */
        public void complete(List<DataType> types, int keys) {
            DataType argument = types.remove(keys - 1);
            functions.forEach(function -> types.add(function.stateType(argument)));
        }
    }
}
