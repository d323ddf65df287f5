package dev.aquifer.cli.output;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.type.Field;
import dev.aquifer.spi.type.TypeKind;
import dev.aquifer.spi.type.ValueText;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns under each other, numbers to the right, nulls as {@code <null>}. Widths come from the first rows; results that are
 * longer stream through with those widths.
 */
final class TableWriter implements ResultWriter {
    /** Rows that are held back to find the widths. */
    private static final int LOOK_AHEAD = 2_000;

    private static final String NULL = "<null>";

    private final Writer to;
    private final List<List<String>> held = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();
    private boolean plan;
    private boolean streaming;
    private TextTable table = new TextTable(List.of(), List.of());

    TableWriter(Writer to) {
        this.to = to;
    }

    @Override
    public void begin(List<Field> columns) {
        List<String> names = new ArrayList<>();
        for (Field column : columns) {
            names.add(Escapes.visible(column.name()));
            right.add(column.type().isNumeric());
        }
        table = new TextTable(names, right);
        // EXPLAIN is one text over several rows; a frame would only get in the way of reading, and of copying it.
        plan = columns.size() == 1
                && columns.getFirst().name().equals("plan")
                && columns.getFirst().type().kind() == TypeKind.VARCHAR;
    }

    @Override
    public void rows(Batch batch) throws IOException {
        for (int row = 0; row < batch.rows(); row++) {
            List<String> cells = new ArrayList<>(batch.columns().size());
            for (Column column : batch.columns()) {
                Object value = column.value(row);
                cells.add(value == null ? NULL : Escapes.visible(ValueText.of(column.type(), value)));
            }
            if (plan) {
                to.write(cells.getFirst());
                to.write('\n');
            } else if (streaming) {
                table.writeRow(to, cells);
            } else {
                held.add(cells);
                if (held.size() == LOOK_AHEAD) {
                    release();
                }
            }
        }
    }

    private void release() throws IOException {
        streaming = true;
        held.forEach(table::fit);
        table.writeHeader(to);
        for (List<String> cells : held) {
            table.writeRow(to, cells);
        }
        held.clear();
    }

    @Override
    public void end() throws IOException {
        if (!streaming && !plan) {
            release();
        }
    }
}
