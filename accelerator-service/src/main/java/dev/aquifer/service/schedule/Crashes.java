package dev.aquifer.service.schedule;

import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a request is told of a throwable, whatever it is: a defect ends the request it hit, and nothing else. */
public final class Crashes {
    private static final Logger LOG = LoggerFactory.getLogger(Crashes.class);

    private Crashes() {}

    /** An error of the request as it is; a full heap as MEMORY_EXCEEDED; all else as INTERNAL, counted and logged. */
    public static AquiferException known(@Nullable Throwable thrown, NodeMetrics metrics) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof AquiferException exception) {
            return exception;
        }
        if (cause instanceof OutOfMemoryError) {
            return new AquiferException(
                    ErrorCode.MEMORY_EXCEEDED, "this node's memory is full: " + cause.getMessage(), cause);
        }
        metrics.count(Counter.TASKS_CRASHED);
        LOG.error("a request met a defect: {}", String.valueOf(cause), cause);
        return new AquiferException(
                ErrorCode.INTERNAL, "a defect of the node ended the request; its log has more: " + cause, cause);
    }
}
