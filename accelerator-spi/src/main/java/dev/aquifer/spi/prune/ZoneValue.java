package dev.aquifer.spi.prune;

import dev.aquifer.spi.block.ZoneMap;
import java.util.function.IntFunction;

/** A value made ready to be asked of many runs of rows, as {@link ZoneCondition}. */
@FunctionalInterface
interface ZoneValue {
    /** What it may be over a run of rows of which these zone maps hold. */
    ValueRange range(IntFunction<ZoneMap> columns);
}
