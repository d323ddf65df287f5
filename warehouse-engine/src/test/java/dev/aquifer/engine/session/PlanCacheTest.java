package dev.aquifer.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.aquifer.engine.execute.ResultText;
import dev.aquifer.engine.slt.DuckDb;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.ValueText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query that comes again means what it means now. */
final class PlanCacheTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Engine engine(String rows) throws SQLException {
        write(rows);
        return Engine.open(
                EngineConfig.of(Map.of("t", folder.resolve("t.parquet").toString())));
    }

    private void write(String rows) throws SQLException {
        try (DuckDb duck = DuckDb.open()) {
            duck.execute("copy (" + rows + ") to '" + folder.resolve("t.parquet") + "' (format parquet)");
        }
    }

    private static Session session(Engine engine) {
        return engine.newSession(new SessionOptions("auto", Pushdown.OFF, null));
    }

    @Test
    void theTimeIsThatOfEachExecution() throws SQLException {
        try (Engine engine = engine("select 1 as v");
                Session session = session(engine)) {
            for (String time : List.of("now()", "current_timestamp", "localtimestamp", "(select now() from t)")) {
                String sql = "select " + time;
                assertNotEquals(ResultText.of(session, sql), ResultText.of(session, sql), sql);
            }
        }
    }

    @Test
    void anotherValueIsAnotherPlan() throws SQLException {
        try (Engine engine = engine("select 1 as v");
                Session session = session(engine)) {
            PreparedQuery query = session.prepare("select cast(? as double) from t");
            for (Double value : List.of(0.0, -0.0, 1.0, Double.NaN, 0.0)) {
                try (QueryResult result = query.execute(List.of(value))) {
                    assertEquals(List.of(List.of(ValueText.of(DataType.FLOAT64, value))), ResultText.of(result));
                }
            }
        }
    }

    @Test
    void anotherFileIsAnotherPlan() throws SQLException {
        try (Engine engine = engine("select 5 as v");
                Session session = session(engine)) {
            String sql = "select v, count(*) from t where v > 3 group by v";
            assertEquals(List.of(List.of("5", "1")), ResultText.of(session, sql));
            PreparedQuery told = session.prepare(sql);
            assertEquals(DataType.INT32, told.columns().getFirst().type());
            PreparedQuery untold = session.prepare(sql);
            write("select 7::bigint as v from range(2)");
            assertEquals(List.of(List.of("7", "2")), ResultText.of(session, sql));
            try (QueryResult result = told.execute(List.of())) {
                AquiferException e = assertThrows(AquiferException.class, result::next);
                assertEquals(ErrorCode.INVALID_QUERY, e.code(), "its columns are of other types now");
            }
            try (QueryResult result = untold.execute(List.of())) {
                assertEquals(DataType.INT64, result.columns().getFirst().type());
                assertEquals(List.of(List.of("7", "2")), ResultText.of(result));
            }
        }
    }

    @Test
    void aPlanOfOtherFilesAnswersNothing() throws SQLException, IOException {
        try (Engine engine = engine("select 5 as v");
                Session session = session(engine)) {
            String sql = "select sum(v) from t";
            PreparedQuery query = session.prepare(sql);
            for (int value = 6; value < 16; value++) {
                assertEquals(List.of(List.of(Integer.toString(value - 1))), ResultText.of(session, sql));
                write("select " + value + " as v");
                try (QueryResult result = query.execute(List.of())) {
                    // The plan that is kept is of the file before.
                    assertEquals(List.of(List.of(Integer.toString(value))), ResultText.of(result));
                }
            }
            Files.delete(folder.resolve("t.parquet"));
            try (QueryResult result = query.execute(List.of())) {
                AquiferException e = assertThrows(AquiferException.class, result::next);
                assertEquals(ErrorCode.OBJECT_NOT_FOUND, e.code());
            }
        }
    }

    @Test
    void manyThreadsPlanOneStatement() throws SQLException, InterruptedException, ExecutionException {
        try (Engine engine = engine("select range as v, range % 10 as h from range(100)");
                Session session = session(engine);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            PreparedQuery query = session.prepare(
                    "select count(*) from t a join t b on a.v = b.v join t c on b.v = c.v where a.v < ? and b.h = 3");
            List<Future<?>> tasks = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int first = 1000 * thread;
                tasks.add(threads.submit(() -> {
                    for (long value = first; value < first + 50; value++) {
                        // Each value is planned anew.
                        query.execute(List.of(value)).close();
                    }
                }));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        }
    }
}
