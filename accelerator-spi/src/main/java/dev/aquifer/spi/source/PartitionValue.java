package dev.aquifer.spi.source;

import dev.aquifer.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A column whose value is the same for a whole file and is told by the file's path ({@code year=2024/}), not its content.
 *
 * @param value a physical value, or null
 */
public record PartitionValue(
        String column, DataType type, @Nullable Object value) {}
