package dev.aquifer.service.hydrate;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;

/**
 * Bounds what column chunks take on the heap while they are fetched, decoded and encoded. Threads wait their turn here;
 * they hold nothing else that another one waits for. A chunk too large for the bound goes alone.
 */
final class HydrationGate {
    private final long limit;
    private long used;

    HydrationGate(long limit) {
        this.limit = limit;
    }

    /**
     * Waits until there is room.
     *
     * @return what to give to {@link #leave}
     * @throws AquiferException CANCELLED if the thread is interrupted
     */
    synchronized long enter(long bytes) {
        long part = Math.clamp(bytes, 0, limit);
        while (used + part > limit) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AquiferException(ErrorCode.CANCELLED, "interrupted while waiting to read from the lake", e);
            }
        }
        used += part;
        return part;
    }

    synchronized void leave(long part) {
        used -= part;
        notifyAll();
    }
}
