package dev.aquifer.spi.expr;

import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.ValueText;
import org.jspecify.annotations.Nullable;

/** Renders literals for EXPLAIN and messages. */
final class Literals {
    private Literals() {}

    static String render(DataType type, @Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        String text = ValueText.of(type, value);
        return switch (type.kind()) {
            case VARCHAR -> "'" + text.replace("'", "''") + "'";
            case DATE, TIMESTAMP -> type + " '" + text + "'";
            case BOOLEAN, INT8, INT16, INT32, INT64, DECIMAL, FLOAT32, FLOAT64, BINARY -> text;
        };
    }
}
