package dev.aquifer.service.admission;

import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Work memory, in levels: what a fragment reserves counts for its tenant and for the node too, and each level has a limit
 * of its own.
 */
public final class Budget implements MemoryBudget {
    /** Long enough for a few stripes of whoever holds the memory to end, short enough not to be felt. */
    static final Duration RETRY_AFTER = Duration.ofMillis(250);

    private final String owner;
    private final long limit;
    private final @Nullable Budget parent;
    private final NodeMetrics metrics;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();

    private Budget(String owner, long limit, @Nullable Budget parent, NodeMetrics metrics) {
        this.owner = owner;
        this.limit = limit;
        this.parent = parent;
        this.metrics = metrics;
    }

    /** The outermost level. */
    public static Budget node(long limit, NodeMetrics metrics) {
        return new Budget("this node", limit, null, metrics);
    }

    /** @param limit counts besides this level's own; {@code Long.MAX_VALUE} for none */
    public Budget child(String owner, long limit) {
        return new Budget(owner, limit, this, metrics);
    }

    public long used() {
        return used.get();
    }

    public long peak() {
        return peak.get();
    }

    public long limit() {
        return limit;
    }

    @Override
    public void reserve(long bytes) {
        Budget refused = tryReserve(bytes);
        if (refused != null) {
            metrics.count(Counter.REFUSED_MEMORY);
            throw refused.exceeded(bytes, used());
        }
    }

    /** Reserves where all levels have room. */
    public boolean reserveIfFree(long bytes) {
        return tryReserve(bytes) == null;
    }

    /** @return the level that had no room, and then nothing is reserved; or null */
    private @Nullable Budget tryReserve(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("reserve " + bytes);
        }
        long now = used.addAndGet(bytes);
        if (now > limit || now < 0) {
            used.addAndGet(-bytes);
            return this;
        }
        if (parent != null) {
            Budget refused = parent.tryReserve(bytes);
            if (refused != null) {
                used.addAndGet(-bytes);
                return refused;
            }
        }
        peak.accumulateAndGet(now, Math::max);
        return null;
    }

    @Override
    public void release(long bytes) {
        if (used.addAndGet(-bytes) < 0) {
            throw new IllegalStateException(owner + " gave back " + bytes + " bytes more than it held");
        }
        if (parent != null) {
            parent.release(bytes);
        }
    }

    /** @param own what the asking fragment holds already: if that alone is too much, trying again is no use */
    private AquiferException exceeded(long bytes, long own) {
        String message = bytes + " bytes of work memory more than the " + used() + " in use do not fit the limit of "
                + owner + ", " + limit + " bytes";
        if (bytes + own > limit) {
            return new AquiferException(
                    ErrorCode.MEMORY_EXCEEDED, message + "; make the query's state smaller or the limit larger");
        }
        return AquiferException.retryLater(ErrorCode.MEMORY_EXCEEDED, message, RETRY_AFTER);
    }
}
