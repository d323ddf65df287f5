package dev.aquifer.engine.execute;

import dev.aquifer.spi.type.DataType;
import java.util.List;

/** A table access; where its fragment runs is decided when it is opened. */
record AccessOperator(Access access, List<DataType> types) implements Operator {
    @Override
    public BatchSource open(Execution execution) {
        return execution.accesses().open(access, execution);
    }
}
