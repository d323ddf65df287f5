package dev.aquifer.engine.session;

import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;

/** The memory of one query. Thread-safe. */
final class QueryMemory implements MemoryBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    QueryMemory(long limit) {
        this.limit = limit;
    }

    @Override
    public void reserve(long bytes) {
        long now = used.addAndGet(bytes);
        if (now > limit) {
            used.addAndGet(-bytes);
            throw new AquiferException(
                    ErrorCode.MEMORY_EXCEEDED,
                    "the query needs more than the " + limit + " bytes that the engine gives to one query; it holds "
                            + (now - bytes) + " and asked for " + bytes + " more");
        }
    }

    @Override
    public void release(long bytes) {
        used.addAndGet(-bytes);
    }
}
