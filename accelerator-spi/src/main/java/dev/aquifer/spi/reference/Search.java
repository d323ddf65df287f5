package dev.aquifer.spi.reference;

import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.regex.Regex;
import dev.aquifer.spi.type.Bytes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SEARCH family: IN over a set of constants, LIKE and ILIKE, SIMILAR TO and regular expressions. */
final class Search {
    private Search() {}

    /** The values of a set but null, equal ones as equal objects. */
    static Set<Object> values(Argument.ValueSet set) {
        Set<Object> values = new HashSet<>();
        for (Object value : set.values()) {
            if (value != null) {
                values.add(canonical(value));
            }
        }
        return values;
    }

    /** {@link Double#equals} takes all NaNs for one, but tells the zeros apart. */
    private static Object canonical(Object value) {
        return value instanceof Double number ? (Object) (number + 0.0) : value;
    }

    /** Equal to one of the values; where not, null if the set has a null. */
    static @Nullable Object in(Set<Object> values, boolean hasNull, Object value) {
        if (values.contains(canonical(value))) {
            return true;
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

    /** As {@link #parse}, of SIMILAR_TO and REGEXP_LIKE. */
    static @Nullable RegexSimulation regex(Argument argument) {
        Regex regex = switch (argument) {
            case Argument.Pattern similar ->
                similar.pattern() == null || similar.escape() == null
                        ? null
                        : Regex.similarTo(similar.pattern(), similar.escape());
            case Argument.Expression expression ->
                expression.pattern() == null || expression.flags() == null
                        ? null
                        : Regex.search(expression.pattern(), expression.flags());
            case Argument.Value value -> throw new IllegalArgumentException("not a pattern: " + value);
            case Argument.ValueSet set -> throw new IllegalArgumentException("not a pattern: " + set);
        };
        return regex == null ? null : new RegexSimulation(regex);
    }

    static @Nullable Object like(Primitive primitive, @Nullable LikePattern pattern, Bytes text) {
        if (pattern == null) {
            return null;
        }
        Bytes subject = primitive == Primitive.ILIKE ? TextFunctions.mapCase(text, Character::toLowerCase) : text;
        return pattern.matches(subject.array(), 0, subject.length());
    }
}
