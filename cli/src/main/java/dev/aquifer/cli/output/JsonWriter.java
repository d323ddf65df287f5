package dev.aquifer.cli.output;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.type.Field;
import dev.aquifer.spi.type.ValueText;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An array of objects, one a line. Numbers have all their digits; NaN and the infinities, which JSON does not have, are
 * strings, as are dates and timestamps. Where columns share a name, later ones get a number: {@code n}, {@code n_2}.
 */
final class JsonWriter implements ResultWriter {
    private final Writer to;
    private final List<String> keys = new ArrayList<>();
    private boolean empty = true;

    JsonWriter(Writer to) {
        this.to = to;
    }

    @Override
    public void begin(List<Field> columns) throws IOException {
        Set<String> taken = new HashSet<>();
        columns.forEach(column -> taken.add(column.name()));
        Set<String> used = new HashSet<>();
        for (Field column : columns) {
            String name = column.name();
            for (int i = 2; !used.add(name); i++) {
                name = column.name() + "_" + i;
                if (taken.contains(name)) {
                    name = column.name();
                }
            }
            keys.add(quoted(name) + ":");
        }
        to.write('[');
    }

    @Override
    public void rows(Batch batch) throws IOException {
        for (int row = 0; row < batch.rows(); row++) {
            to.write(empty ? "\n{" : ",\n{");
            empty = false;
            for (int i = 0; i < batch.columns().size(); i++) {
                if (i > 0) {
                    to.write(',');
                }
                to.write(keys.get(i));
                to.write(value(batch.column(i), row));
            }
            to.write('}');
        }
    }

    private static String value(Column column, int row) {
        Object value = column.value(row);
        if (value == null) {
            return "null";
        }
        String text = ValueText.of(column.type(), value);
        return switch (column.type().kind()) {
            case BOOLEAN, INT8, INT16, INT32, INT64, DECIMAL -> text;
            case FLOAT32, FLOAT64 -> Double.isFinite((Double) value) ? text : quoted(text);
            case DATE, TIMESTAMP, VARCHAR, BINARY -> quoted(text);
        };
    }

    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        json.append(Escapes.unicode(c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }

    @Override
    public void end() throws IOException {
        to.write(empty ? "]\n" : "\n]\n");
    }
}
