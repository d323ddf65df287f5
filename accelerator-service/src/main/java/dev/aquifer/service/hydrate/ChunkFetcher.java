package dev.aquifer.service.hydrate;

import dev.aquifer.service.cache.ChunkKey;
import dev.aquifer.spi.batch.StripeColumn;
import dev.aquifer.spi.error.AquiferException;
import org.jspecify.annotations.Nullable;

/** Where chunks come from that are in no tier. */
@FunctionalInterface
interface ChunkFetcher {
    /**
     * Fetches a chunk; blocks the thread.
     *
     * @throws AquiferException a STORAGE code; MEMORY_EXCEEDED; TYPE_MISMATCH or INVALID_PLAN if the file is not as the key
     *     says
     */
    Chunk open(ChunkKey key, LoadCounts counts);

    /** A fetched chunk, decoded stripe by stripe. */
    interface Chunk extends AutoCloseable {
        /** Rows of the row group. */
        long rows();

        /** The next stripe, as the key's type; null after the last. Good until the next call. */
        @Nullable
        StripeColumn next();

        @Override
        void close();
    }
}
