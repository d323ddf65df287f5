package dev.aquifer.spi.type;

/**
 * A named, typed column of a schema.
 *
 * @param name the column's name as the file spells it
 * @param type the SQL type
 */
public record Field(String name, DataType type) {
    @Override
    public String toString() {
        return name + " " + type;
    }
}
