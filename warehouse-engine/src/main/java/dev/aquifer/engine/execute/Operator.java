package dev.aquifer.engine.execute;

import dev.aquifer.spi.type.DataType;
import java.util.List;

/** A step of a plan, ready to run any number of times. Immutable. */
public interface Operator {
    List<DataType> types();

    BatchSource open(Execution execution);
}
