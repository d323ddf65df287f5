package dev.aquifer.engine.catalog;

import dev.aquifer.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param name as the file spells it
 * @param type the SQL type, or null where the column cannot be used
 * @param unsupportedReason why it cannot be used; empty if it can
 */
public record TableColumn(String name, @Nullable DataType type, String unsupportedReason) {}
