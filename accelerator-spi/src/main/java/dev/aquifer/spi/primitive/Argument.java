package dev.aquifer.spi.primitive;

import dev.aquifer.spi.type.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The actual constant of a program's parameter, for one execution. */
public sealed interface Argument {
    /** Which parameters it can fill. */
    default Parameter.Kind kind() {
        return switch (this) {
            case Value value -> Parameter.Kind.VALUE;
            case ValueSet set -> Parameter.Kind.SET;
            case Pattern pattern -> Parameter.Kind.PATTERN;
            case Expression expression -> Parameter.Kind.EXPRESSION;
        };
    }

    /** A physical value of the parameter's type, or null. */
    record Value(@Nullable Object value) implements Argument {}

    /** The list of IN: physical values of the parameter's type, nulls allowed. */
    record ValueSet(List<@Nullable Object> values) implements Argument {
        public ValueSet {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }
    }

    /**
     * The pattern of LIKE, ILIKE or SIMILAR_TO.
     *
     * @param pattern UTF-8 as written, or null: the result is then null for every row
     * @param escape one code point, empty for no escape, or null: the result is then null for every row
     */
    record Pattern(@Nullable Bytes pattern, @Nullable Bytes escape) implements Argument {}

    /**
     * The regular expression of REGEXP_LIKE.
     *
     * @param pattern UTF-8 as written, or null: the result is then null for every row
     * @param flags letters, empty for none, or null: the result is then null for every row
     */
    record Expression(@Nullable Bytes pattern, @Nullable Bytes flags) implements Argument {}
}
