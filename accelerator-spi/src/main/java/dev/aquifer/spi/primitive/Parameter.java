package dev.aquifer.spi.primitive;

import dev.aquifer.spi.type.DataType;

/**
 * A place for a constant, so that fragments that differ in constants alone share a program.
 *
 * @param type the type of the value, of the set's values, or VARCHAR for a pattern or an expression
 */
public record Parameter(Kind kind, DataType type) {
    /** Which {@link Argument} fills the place. */
    public enum Kind {
        VALUE,
        SET,
        PATTERN,
        EXPRESSION
    }
}
