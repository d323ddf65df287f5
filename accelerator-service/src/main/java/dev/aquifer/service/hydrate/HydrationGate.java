package dev.aquifer.service.hydrate;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;

/**
 * Bounds what column chunks take on the heap while they are fetched, decoded and encoded. Threads wait their turn here;
 * they hold nothing else that another one waits for.
 */
final class HydrationGate {
    private final long limit;
    private long used;

    HydrationGate(long limit) {
        this.limit = limit;
    }

    /**
     * Waits until there is room; {@link #leave} gives it back.
     *
     * @param bytes 0 or more, and no more than the bound
     * @throws AquiferException CANCELLED if the thread is interrupted
     */
    synchronized void enter(long bytes) {
        while (used + bytes > limit) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AquiferException(ErrorCode.CANCELLED, "interrupted while waiting to read from the lake", e);
            }
        }
        used += bytes;
    }

    synchronized void leave(long bytes) {
        used -= bytes;
        notifyAll();
    }
}
