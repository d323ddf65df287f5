package dev.aquifer.spi.reference;

import dev.aquifer.spi.primitive.Primitive;
import org.jspecify.annotations.Nullable;

/** The LOGIC family but AND and OR, which {@link RowProgram} evaluates: SQL's three values, null the unknown one. */
final class Logic {
    private Logic() {}

    static @Nullable Object apply(Primitive primitive, @Nullable Object value) {
        return switch (primitive) {
            case NOT -> value == null ? null : (Object) !((Boolean) value);
            case IS_NULL -> value == null;
            case IS_NOT_NULL -> value != null;
            case IS_TRUE -> Boolean.TRUE.equals(value);
            case IS_NOT_TRUE -> !Boolean.TRUE.equals(value);
            case IS_FALSE -> Boolean.FALSE.equals(value);
            case IS_NOT_FALSE -> !Boolean.FALSE.equals(value);
            default -> throw new IllegalArgumentException(primitive + " is not an operation of one boolean");
        };
    }
}
