package dev.aquifer.service.hydrate;

import dev.aquifer.service.cache.ChunkKey;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.error.AquiferException;
import java.util.List;

/** Where chunks come from that are in no tier. */
@FunctionalInterface
interface ChunkFetcher {
    /**
     * Fetches and decodes a chunk; blocks the thread.
     *
     * @return its stripes, as the key's type
     * @throws AquiferException a STORAGE code; TYPE_MISMATCH or INVALID_PLAN if the file is not as the key says
     */
    List<Column> fetch(ChunkKey key, LoadCounts counts);
}
