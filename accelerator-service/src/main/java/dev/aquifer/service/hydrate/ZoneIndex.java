package dev.aquifer.service.hydrate;

import dev.aquifer.service.cache.BlockKey;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.ZoneMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Zone maps of blocks met lately, whether or not the blocks are still kept: what they say stays true, as keys hold the
 * object's version. Thread-safe.
 */
final class ZoneIndex {
    private final Map<BlockKey, ZoneMap> zones;

    ZoneIndex(int capacity) {
        this.zones = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<BlockKey, ZoneMap> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized void learn(BlockKey key, Block block) {
        zones.put(key, block.zoneMap());
    }

    synchronized @Nullable ZoneMap get(BlockKey key) {
        return zones.get(key);
    }
}
