package dev.aquifer.engine.execute;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import org.apache.calcite.rel.core.Correlate;

final class CorrelateOperator {
    private CorrelateOperator() {}

    static Operator of(Correlate correlate) {
        throw new AquiferException(ErrorCode.UNSUPPORTED, "correlated subquery " + correlate);
    }
}
