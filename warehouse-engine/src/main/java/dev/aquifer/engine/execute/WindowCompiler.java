package dev.aquifer.engine.execute;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import org.apache.calcite.rel.core.Window;

final class WindowCompiler {
    private WindowCompiler() {}

    static Operator compile(Window window) {
        throw new AquiferException(ErrorCode.UNSUPPORTED, "window functions " + window);
    }
}
