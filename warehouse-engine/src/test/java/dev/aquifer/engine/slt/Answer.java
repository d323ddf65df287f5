package dev.aquifer.engine.slt;

import dev.aquifer.spi.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rows of a query, as boxed physical values (see {@code dev.aquifer.spi.type}). */
public record Answer(List<Field> columns, List<List<@Nullable Object>> rows) {
    public Answer {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
