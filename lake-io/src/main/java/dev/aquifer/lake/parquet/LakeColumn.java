package dev.aquifer.lake.parquet;

import dev.aquifer.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A top-level column of a Parquet file.
 *
 * @param name as the file spells it
 * @param type its SQL type, or null where it cannot be read
 * @param unsupportedReason why it cannot be read, such as {@code nested type: list}; empty if and only if it can
 */
public record LakeColumn(String name, @Nullable DataType type, String unsupportedReason) {
    public LakeColumn {
        if ((type == null) == unsupportedReason.isEmpty()) {
            throw new IllegalArgumentException(
                    name + " has either a type or a reason: " + type + ", " + unsupportedReason);
        }
    }

    public boolean isSupported() {
        return type != null;
    }
}
