package dev.aquifer.cli.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** A table in text: a header, a rule, rows. Cells are padded by the columns they take on a screen, not by characters. */
public final class TextTable {
    private final List<String> names;
    private final List<Boolean> right;
    private final int[] widths;

    /** @param right which columns stand to the right */
    public TextTable(List<String> names, List<Boolean> right) {
        this.names = List.copyOf(names);
        this.right = right;
        this.widths = new int[names.size()];
        fit(names);
    }

    /** Widens the columns to hold these cells. */
    public void fit(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            widths[i] = Math.max(widths[i], width(cells.get(i)));
        }
    }

    public void writeHeader(Appendable to) throws IOException {
        writeRow(to, names);
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "" : "+").append("-".repeat(widths[i] + 2));
        }
        to.append(rule).append('\n');
    }

    public void writeRow(Appendable to, List<String> cells) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            String padding = " ".repeat(Math.max(0, widths[i] - width(cell)));
            line.append(i == 0 ? " " : " | ");
            if (right.get(i)) {
                line.append(padding).append(cell);
            } else {
                line.append(cell).append(padding);
            }
        }
        to.append(line.toString().stripTrailing()).append('\n');
    }

    /** The whole table as lines of text. */
    public static String of(List<String> names, List<Boolean> right, List<List<String>> rows) {
        TextTable table = new TextTable(names, new ArrayList<>(right));
        rows.forEach(table::fit);
        StringBuilder text = new StringBuilder();
        try {
            table.writeHeader(text);
            for (List<String> row : rows) {
                table.writeRow(text, row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Columns that a text takes on a screen: two for wide characters, none for combining ones. */
    static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            width += Math.max(0, WCWidth.wcwidth(point));
            i += Character.charCount(point);
        }
        return width;
    }
}
