package dev.aquifer.engine.plan;

import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.merge.FinalColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of merged partial aggregates.
 *
 * @param distinct a second grouping, for DISTINCT; null where there is none
 * @param outputs the columns of the result, over the states after that grouping
 * @param singleCount the state that counts rows and must not exceed 1 (a scalar subquery), or -1
 */
public record Finish(@Nullable Distinct distinct, List<FinalColumn> outputs, int singleCount) {
    public Finish {
        outputs = List.copyOf(outputs);
    }

    /**
     * DISTINCT over one argument: the fragment groups by the argument too, as its last key; the engine then groups by the
     * other keys, merges the fragment's states, and appends these states of the argument.
     *
     * @param functions which states of the distinct values are appended, COUNT or SUM
     */
    public record Distinct(List<AggregateFunction> functions) {
        public Distinct {
            functions = List.copyOf(functions);
        }
    }
}
