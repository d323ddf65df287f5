package dev.aquifer.engine.slt;

import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;
import dev.aquifer.spi.type.ValueText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as lines of a test file: values as the engine prints them, parted by {@code " | "}. NULL is {@code NULL}; a text
 * that is empty, has spaces at an end or could be read as something else is quoted: {@code ''}, {@code ' a'},
 * {@code 'NULL'}.
 */
public final class AnswerText {
    private AnswerText() {}

    public static List<String> lines(Answer answer) {
        List<String> lines = new ArrayList<>();
        for (List<@Nullable Object> row : answer.rows()) {
            lines.add(String.join(" | ", values(answer, row)));
        }
        return lines;
    }

    static List<String> values(Answer answer, List<@Nullable Object> row) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(value(answer.columns().get(i).type(), row.get(i)));
        }
        return values;
    }

    static String value(DataType type, @Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        String text = ValueText.of(type, value);
        return type.kind() == TypeKind.VARCHAR && !plain(text)
                ? "'" + text.replace("'", "''").replace("\n", "\\n") + "'"
                : text;
    }

    private static boolean plain(String text) {
        return !text.isEmpty()
                && text.equals(text.strip())
                && !text.equals("NULL")
                && !text.startsWith("'")
                && !text.startsWith("#")
                && !text.equals("----")
                && text.indexOf('|') < 0
                && text.indexOf('\n') < 0;
    }

    /** The letter of a type in {@code query TYPES}. */
    static char letter(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> 'B';
            case INT8, INT16, INT32, INT64 -> 'I';
            case DECIMAL -> 'N';
            case FLOAT32, FLOAT64 -> 'R';
            case VARCHAR -> 'T';
            case DATE -> 'D';
            case TIMESTAMP -> 'S';
            case BINARY -> 'X';
        };
    }
}
