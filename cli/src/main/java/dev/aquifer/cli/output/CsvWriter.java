package dev.aquifer.cli.output;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.type.Field;
import dev.aquifer.spi.type.TypeKind;
import dev.aquifer.spi.type.ValueText;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** RFC 4180, with line feeds. A null is an empty field, the empty text is {@code ""}. */
final class CsvWriter implements ResultWriter {
    private final Writer to;

    CsvWriter(Writer to) {
        this.to = to;
    }

    @Override
    public void begin(List<Field> columns) throws IOException {
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                to.write(',');
            }
            text(columns.get(i).name());
        }
        to.write('\n');
    }

    @Override
    public void rows(Batch batch) throws IOException {
        for (int row = 0; row < batch.rows(); row++) {
            for (int i = 0; i < batch.columns().size(); i++) {
                if (i > 0) {
                    to.write(',');
                }
                value(batch.column(i), row);
            }
            to.write('\n');
        }
    }

    private void value(Column column, int row) throws IOException {
        Object value = column.value(row);
        if (value == null) {
            return;
        }
        String text = ValueText.of(column.type(), value);
        if (column.type().kind() == TypeKind.VARCHAR) {
            text(text);
        } else {
            to.write(text);
        }
    }

    private void text(String text) throws IOException {
        if (!needsQuotes(text)) {
            to.write(text);
            return;
        }
        to.write('"');
        to.write(text.replace("\"", "\"\""));
        to.write('"');
    }

    /** What RFC 4180 asks for, the empty text, and blanks at the ends, which many readers would take away. */
    private static boolean needsQuotes(String text) {
        if (text.isEmpty() || text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ') {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == ',' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }

    @Override
    public void end() {}
}
