package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Batch;
import org.jspecify.annotations.Nullable;

/** Rows that come as somebody asks for them. Used by one thread at a time. */
public interface BatchSource extends AutoCloseable {
    /** The next rows, at least one, or null after the last. */
    @Nullable
    Batch next();

    /** Gives everything back; also in the middle, and more than once. */
    @Override
    void close();
}
