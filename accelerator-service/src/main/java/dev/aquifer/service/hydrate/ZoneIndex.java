package dev.aquifer.service.hydrate;

import dev.aquifer.service.cache.BlockKey;
import dev.aquifer.service.cache.ChunkKey;
import dev.aquifer.spi.block.ZoneMap;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Zone maps of blocks met lately, whether or not the blocks are still kept: what they say stays true, as keys hold the
 * object's version. Thread-safe.
 */
final class ZoneIndex {
    private static final @Nullable ZoneMap[] NONE = new @Nullable ZoneMap[0];

    private final int capacity;
    private final Map<ChunkKey, ChunkZones> chunks = new LinkedHashMap<>(16, 0.75f, true);
    private int known;

    /** What is known of the stripes of one chunk. */
    private static final class ChunkZones {
        final long rows;

        @Nullable
        ZoneMap[] stripes = NONE;

        int known;
        /** Of all stripes known, while no other one comes. */
        @Nullable
        ZoneMap all;

        ChunkZones(long rows) {
            this.rows = rows;
        }

        boolean put(int stripe, ZoneMap zone) {
            if (stripe >= stripes.length) {
                stripes = Arrays.copyOf(stripes, stripe + 1);
            }
            boolean isNew = stripes[stripe] == null;
            stripes[stripe] = zone;
            all = null;
            known += isNew ? 1 : 0;
            return isNew;
        }

        @Nullable
        ZoneMap all() {
            if (all == null) {
                for (ZoneMap zone : stripes) {
                    if (zone == null) {
                        return null;
                    }
                    all = all == null ? zone : all.plus(zone);
                }
            }
            return all != null && all.rows() == rows ? all : null;
        }
    }

    /** @param capacity zone maps kept, of the chunks used last; those of one chunk stay or go together */
    ZoneIndex(int capacity) {
        this.capacity = capacity;
    }

    /** @param chunkRows rows of the whole row group the block is a stripe of */
    synchronized void learn(BlockKey key, ZoneMap zone, long chunkRows) {
        if (chunks.computeIfAbsent(key.chunk(), chunk -> new ChunkZones(chunkRows))
                .put(key.stripe(), zone)) {
            known++;
        }
        Iterator<ChunkZones> eldest = chunks.values().iterator();
        while (known > capacity && chunks.size() > 1) {
            known -= eldest.next().known;
            eldest.remove();
        }
    }

    /** What is known of the stripes of a chunk, by stripe; null, or past the end, where that is nothing. */
    synchronized @Nullable ZoneMap[] stripes(ChunkKey key) {
        ChunkZones chunk = chunks.get(key);
        return chunk == null ? NONE : chunk.stripes.clone();
    }

    /** The zone map of all rows of a chunk; null where a block of it has not been met. */
    synchronized @Nullable ZoneMap all(ChunkKey key) {
        ChunkZones chunk = chunks.get(key);
        return chunk == null ? null : chunk.all();
    }
}
