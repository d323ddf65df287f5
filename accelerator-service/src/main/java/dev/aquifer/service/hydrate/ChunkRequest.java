package dev.aquifer.service.hydrate;

import dev.aquifer.service.admission.Cancellation;
import dev.aquifer.service.cache.ChunkKey;
import dev.aquifer.service.tenant.Tenant;
import java.util.BitSet;

/**
 * Asks for blocks of one column of one row group.
 *
 * @param rows rows of the row group as the caller believes; a block of another row group's length is an error
 * @param stripes which of its stripes
 * @param counts where to count what it took
 * @param stop once stopped, nothing new is begun for this request; a fetch that others wait for goes on
 */
record ChunkRequest(Tenant tenant, ChunkKey key, long rows, BitSet stripes, LoadCounts counts, Cancellation stop) {}
