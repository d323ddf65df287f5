package dev.aquifer.spi.reference;

import dev.aquifer.spi.block.ZoneMaps;
import dev.aquifer.spi.primitive.Primitive;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The COMPARE family. Floats: -0.0 equals 0.0, NaN equals NaN and is greater than all else. */
final class Comparison {
    private Comparison() {}

    static @Nullable Object apply(Primitive primitive, @Nullable Object left, @Nullable Object right) {
        return switch (primitive) {
            case IS_DISTINCT_FROM -> !same(left, right);
            case IS_NOT_DISTINCT_FROM -> same(left, right);
            default -> left == null || right == null ? null : holds(primitive, ZoneMaps.compare(left, right));
        };
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == null && right == null;
        }
        return ZoneMaps.compare(Objects.requireNonNull(left), Objects.requireNonNull(right)) == 0;
    }

    private static Boolean holds(Primitive primitive, int order) {
        return switch (primitive) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            default -> throw new IllegalArgumentException(primitive + " is not a comparison");
        };
    }
}
