package dev.aquifer.spi.reference;

import dev.aquifer.spi.block.ZoneMaps;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.Bytes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The SEARCH family: IN over a set of constants, LIKE and ILIKE. */
final class Search {
    private Search() {}

    /** Equal to a value of the set; null where it is not and the set has a null. */
    static @Nullable Object in(Argument.ValueSet set, Object value) {
        boolean hasNull = false;
        for (Object candidate : set.values()) {
            if (candidate == null) {
                hasNull = true;
            } else if (ZoneMaps.compare(Objects.requireNonNull(candidate), value) == 0) {
                return true;
            }
        }
        return hasNull ? null : (Object) false;
    }

    /** The parsed pattern, or null where pattern or escape is null, and so is every result. */
    static @Nullable LikePattern parse(Primitive primitive, Argument.Pattern argument) {
        Bytes pattern = argument.pattern();
        Bytes escape = argument.escape();
        return pattern == null || escape == null
                ? null
                : LikePattern.parse(pattern, escape, primitive == Primitive.ILIKE);
    }

    static @Nullable Object like(Primitive primitive, @Nullable LikePattern pattern, Bytes text) {
        if (pattern == null) {
            return null;
        }
        Bytes subject = primitive == Primitive.ILIKE ? TextFunctions.mapCase(text, Character::toLowerCase) : text;
        return pattern.matches(subject.array(), 0, subject.length());
    }
}
