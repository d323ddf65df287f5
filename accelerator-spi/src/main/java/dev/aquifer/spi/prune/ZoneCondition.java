package dev.aquifer.spi.prune;

import dev.aquifer.spi.block.ZoneMap;
import java.util.function.IntFunction;

/** A BOOLEAN made ready to be asked of many runs of rows: what is the same for all of them is worked out. */
@FunctionalInterface
interface ZoneCondition {
    /** The {@link Outcomes} it may have over a run of rows of which these zone maps hold. */
    int outcomes(IntFunction<ZoneMap> columns);
}
