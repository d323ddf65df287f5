package dev.aquifer.engine.plan;

import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.FinalColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of merged partial aggregates.
 *
 * @param completion what whoever has all groups does to them: the engine, or the one node that the fragment goes to. DISTINCT must be
 *     completed by somebody; of top groups more may come
 * @param outputs the columns of the result, over the states that the completion leaves
 * @param singleCount the state that counts rows and must not exceed 1 (a scalar subquery), or -1
 */
public record Finish(@Nullable Completion completion, List<FinalColumn> outputs, int singleCount) {
    public Finish {
        outputs = List.copyOf(outputs);
    }

    /** DISTINCT over one argument, the last key of the fragment; null where there is none. */
    public Completion.@Nullable Distinct distinct() {
        return completion instanceof Completion.Distinct distinct ? distinct : null;
    }

    /** Only the first groups are wanted. */
    public Finish with(Completion.Top top) {
        return new Finish(top, outputs, singleCount);
    }
}
