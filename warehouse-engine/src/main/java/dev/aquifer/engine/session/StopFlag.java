package dev.aquifer.engine.session;

import dev.aquifer.spi.device.StopSignal;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;

/** Set by one thread, seen by those that work. */
final class StopFlag implements StopSignal {
    private volatile boolean stopped;

    void stop() {
        stopped = true;
    }

    @Override
    public void check() {
        if (stopped) {
            throw new AquiferException(ErrorCode.CANCELLED, "the query was cancelled");
        }
    }
}
