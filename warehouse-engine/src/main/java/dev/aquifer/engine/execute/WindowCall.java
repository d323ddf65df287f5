package dev.aquifer.engine.execute;

import dev.aquifer.spi.type.DataType;
import java.util.List;

/**
 * A window function.
 *
 * @param args columns of the input, constants appended as columns
 * @param type of the result
 * @param ignoreNulls whether rows with a null argument are passed over (LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE)
 */
record WindowCall(Function function, List<Integer> args, DataType type, boolean ignoreNulls) {
    /** What is computed over the frame or the partition. */
    enum Function {
        ROW_NUMBER,
        RANK,
        DENSE_RANK,
        PERCENT_RANK,
        CUME_DIST,
        NTILE,
        LAG,
        LEAD,
        FIRST_VALUE,
        LAST_VALUE,
        NTH_VALUE,
        COUNT,
        SUM,
        SUM0,
        AVG,
        MIN,
        MAX
    }
}
