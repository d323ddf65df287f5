package dev.aquifer.engine.execute;

import dev.aquifer.engine.session.QueryResult;
import dev.aquifer.engine.session.Session;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.ValueText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results as texts, as they would print; NULL as null. */
public final class ResultText {
    private ResultText() {}

    /** Runs a query to its end. */
    public static List<List<@Nullable String>> of(Session session, String sql) {
        try (QueryResult result = session.prepare(sql).execute(List.of())) {
            return of(result);
        }
    }

    /** Reads a result to its end. */
    public static List<List<@Nullable String>> of(QueryResult result) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (Batch batch = result.next(); batch != null; batch = result.next()) {
            for (int row = 0; row < batch.rows(); row++) {
                List<@Nullable String> texts = new ArrayList<>();
                for (int column = 0; column < batch.columns().size(); column++) {
                    DataType type = batch.column(column).type();
                    Object value = batch.column(column).value(row);
                    texts.add(value == null ? null : ValueText.of(type, value));
                }
                rows.add(texts);
            }
        }
        return rows;
    }
}
