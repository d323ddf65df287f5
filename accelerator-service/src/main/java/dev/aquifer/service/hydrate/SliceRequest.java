package dev.aquifer.service.hydrate;

import dev.aquifer.service.admission.Cancellation;
import dev.aquifer.service.cache.ChunkKey;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.prune.ZonePruner;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for the stripes of a slice. */
public final class SliceRequest {
    private final Tenant tenant;
    private final Slice slice;
    private final List<SliceColumn> columns = new ArrayList<>();
    /** The keys of those that the file has, in their order. */
    private final List<ChunkKey> chunks = new ArrayList<>();

    private final @Nullable ZonePruner filter;
    private final LoadCounts counts;
    private final Cancellation stop;

    /**
     * @param columns the columns to read, by name and type
     * @param filter over the columns: stripes in which it can be true for no row are left out; null for all
     * @throws AquiferException INVALID_PLAN if the slice makes no sense by itself
     */
    public SliceRequest(
            Tenant tenant,
            Slice slice,
            List<Field> columns,
            @Nullable ZonePruner filter,
            LoadCounts counts,
            Cancellation stop) {
        this.tenant = tenant;
        this.slice = slice;
        this.filter = filter;
        this.counts = counts;
        this.stop = stop;
        for (Field field : columns) {
            SliceColumn column = SliceColumn.of(tenant, slice, field);
            this.columns.add(column);
            if (column.key() != null) {
                chunks.add(column.key());
            }
        }
    }

    /** The chunks that it reads from the file, or would. */
    public List<ChunkKey> chunks() {
        return chunks;
    }

    Tenant tenant() {
        return tenant;
    }

    Slice slice() {
        return slice;
    }

    List<SliceColumn> columns() {
        return columns;
    }

    @Nullable
    ZonePruner filter() {
        return filter;
    }

    LoadCounts counts() {
        return counts;
    }

    Cancellation stop() {
        return stop;
    }
}
