package dev.aquifer.lake.page;

import dev.aquifer.lake.format.PhysicalType;
import dev.aquifer.spi.type.DataType;

/**
 * How a column is stored and what it becomes.
 *
 * @param type the SQL type
 * @param stored the physical type in the file
 * @param width bytes of a FIXED_LEN_BYTE_ARRAY, 12 for INT96, else 0
 * @param optional whether values may be null
 * @param conversion from stored to SQL
 * @param low the least value, for {@link Conversion#BOUNDED}
 * @param high the greatest value, for {@link Conversion#BOUNDED}
 */
public record ColumnLayout(
        DataType type, PhysicalType stored, int width, boolean optional, Conversion conversion, long low, long high) {}
