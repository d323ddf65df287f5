package dev.aquifer.engine.execute;

import dev.aquifer.spi.device.StopSignal;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting that a stop signal ends. */
final class Pause {
    private static final long STEP_MILLIS = 20;

    private Pause() {}

    static void of(Duration time, StopSignal stop) {
        long until = System.nanoTime() + time.toNanos();
        try {
            for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
                stop.check();
                TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AquiferException(ErrorCode.CANCELLED, "interrupted", e);
        }
    }
}
