package dev.aquifer.spi.device;

import dev.aquifer.spi.error.AquiferException;

/** Tells running work that its caller has gone or its time is up. */
@FunctionalInterface
public interface StopSignal {
    /** @throws AquiferException CANCELLED or DEADLINE_EXCEEDED where the work should stop */
    void check();
}
