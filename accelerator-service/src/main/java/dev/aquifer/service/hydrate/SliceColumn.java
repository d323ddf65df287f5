package dev.aquifer.service.hydrate;

import dev.aquifer.service.cache.ChunkKey;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.PartitionValue;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.Field;
import org.jspecify.annotations.Nullable;

/**
 * A column of a slice, and where its values are: in the file, or told by the path.
 *
 * @param key of its blocks; null where the path tells the value
 * @param partition what the path tells; null for a column of the file
 */
record SliceColumn(
        Field field, @Nullable ChunkKey key, @Nullable PartitionValue partition) {
    /** @throws AquiferException INVALID_PLAN if the path tells a value of another type */
    static SliceColumn of(Tenant tenant, Slice slice, Field field) {
        for (PartitionValue value : slice.partitions()) {
            if (value.column().equals(field.name())) {
                if (!value.type().equals(field.type())) {
                    throw new AquiferException(
                            ErrorCode.INVALID_PLAN,
                            "partition column " + field.name() + " is " + value.type() + ", and the plan reads it as "
                                    + field.type());
                }
                return new SliceColumn(field, null, value);
            }
        }
        ChunkKey key = new ChunkKey(tenant.name(), slice.object(), slice.rowGroup(), field.name(), field.type());
        return new SliceColumn(field, key, null);
    }
}
