package dev.aquifer.service.hydrate;

import dev.aquifer.service.cache.BlockKey;
import dev.aquifer.service.cache.ChunkKey;
import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.DataType;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Zone maps of blocks met lately, whether or not the blocks are still kept: what they say stays true, as keys hold the
 * object's version. Thread-safe.
 */
final class ZoneIndex {
    private static final @Nullable ZoneMap[] NONE = new @Nullable ZoneMap[0];

    private final int capacity;
    private final Map<Owned, ObjectZones> objects = new LinkedHashMap<>(16, 0.75f, true);
    private int known;

    private record Owned(String tenant, ObjectVersion object) {}

    private record Column(String name, DataType type) {}

    /** What is known of one object. */
    private static final class ObjectZones {
        final Map<Column, ColumnZones> columns = new HashMap<>();
        int known;
    }

    /** @param capacity zone maps kept, of the objects used last; those of one object stay or go together */
    ZoneIndex(int capacity) {
        this.capacity = capacity;
    }

    private @Nullable ColumnZones column(ChunkKey key) {
        ObjectZones object = objects.get(new Owned(key.tenant(), key.object()));
        return object == null ? null : object.columns.get(new Column(key.column(), key.type()));
    }

    /** @param chunkRows rows of the whole row group the block is a stripe of */
    synchronized void learn(BlockKey key, ZoneMap zone, long chunkRows) {
        ChunkKey chunk = key.chunk();
        ObjectZones object = objects.computeIfAbsent(new Owned(chunk.tenant(), chunk.object()), _ -> new ObjectZones());
        ColumnZones column =
                object.columns.computeIfAbsent(new Column(chunk.column(), chunk.type()), _ -> new ColumnZones());
        if (column.put(chunk.rowGroup(), key.stripe(), zone, chunkRows)) {
            object.known++;
            known++;
        }
        Iterator<ObjectZones> eldest = objects.values().iterator();
        // The object at hand is the last to go, and goes too where it alone has more.
        while (known > capacity) {
            known -= eldest.next().known;
            eldest.remove();
        }
    }

    /** What is known of the stripes of a chunk, by stripe; null, or past the end, where that is nothing. */
    synchronized @Nullable ZoneMap[] stripes(ChunkKey key) {
        ColumnZones column = column(key);
        return column == null ? NONE : column.stripes(key.rowGroup());
    }

    /**
     * The zone maps of all rows of some row groups of one object, by column; null where a block of them has not been met, or a row
     * group has not as many rows as the slice says.
     *
     * @param columns the keys of the columns in any of the row groups, all of one object; null where nothing is asked
     */
    synchronized @Nullable ZoneMap @Nullable [] all(List<@Nullable ChunkKey> columns, List<Slice> slices) {
        @Nullable ZoneMap[] zones = new @Nullable ZoneMap[columns.size()];
        ObjectZones object = null;
        for (int i = 0; i < zones.length; i++) {
            ChunkKey key = columns.get(i);
            if (key == null) {
                continue;
            }
            object = object == null ? objects.get(new Owned(key.tenant(), key.object())) : object;
            ColumnZones column = object == null ? null : object.columns.get(new Column(key.column(), key.type()));
            zones[i] = column == null ? null : column.all(slices);
            if (zones[i] == null) {
                return null;
            }
        }
        return zones;
    }
}
