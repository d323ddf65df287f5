package dev.aquifer.service.cache;

import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.type.DataType;

/**
 * One column of one row group of one version of an object, as one tenant sees it.
 *
 * @param tenant the name of the tenant who may see the blocks
 * @param type the type the blocks have, which may be wider than the file's
 * @param hash of all the others, kept: a key is looked up several times for each block
 */
public record ChunkKey(String tenant, ObjectVersion object, int rowGroup, String column, DataType type, int hash) {
    public ChunkKey(String tenant, ObjectVersion object, int rowGroup, String column, DataType type) {
        this(
                tenant,
                object,
                rowGroup,
                column,
                type,
                (((tenant.hashCode() * 31 + object.hashCode()) * 31 + rowGroup) * 31 + column.hashCode()) * 31
                        + type.hashCode());
    }

    public BlockKey stripe(int stripe) {
        return new BlockKey(this, stripe);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return object.uri() + " row group " + rowGroup + " column " + column + " " + type;
    }
}
