package dev.aquifer.engine.tpch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.aquifer.demo.tpch.TpchLake;
import dev.aquifer.demo.tpch.TpchProgress;
import dev.aquifer.demo.tpch.TpchQueries;
import dev.aquifer.engine.slt.Answer;
import dev.aquifer.engine.slt.AnswerComparison;
import dev.aquifer.engine.slt.AnswerText;
import dev.aquifer.engine.slt.DuckDb;
import dev.aquifer.engine.slt.EngineMode;
import dev.aquifer.engine.slt.SqlFailure;
import dev.aquifer.engine.slt.SqlTarget;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** TPC-H at scale 0.01: every query, pulled and pushed, against DuckDB over the same Parquet files. */
class TpchQueriesTest {
    private static final BigDecimal SCALE = new BigDecimal("0.01");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @TestFactory
    Stream<DynamicContainer> queries() throws IOException, SQLException, SqlFailure {
        TpchLake lake = TpchLake.generate(folder.resolve("tpch"), SCALE, TpchProgress.none());
        Map<String, String> paths = new LinkedHashMap<>();
        List<Answer> expected = new ArrayList<>();
        try (DuckDb duck = DuckDb.open()) {
            for (Map.Entry<String, Path> table : lake.tables().entrySet()) {
                paths.put(table.getKey(), table.getValue().toString());
                duck.execute("CREATE VIEW " + table.getKey() + " AS SELECT * FROM read_parquet("
                        + DuckDb.literal(parquet(table.getValue())) + ")");
            }
            for (int query = 1; query <= TpchQueries.COUNT; query++) {
                expected.add(duck.run(TpchQueries.sql(query, SCALE)));
            }
        }
        return EngineMode.chosen().stream()
                .map(mode -> DynamicContainer.dynamicContainer(mode.name(), tests(mode, paths, expected)));
    }

    private static String parquet(Path table) {
        return Files.isDirectory(table) ? table.resolve("*.parquet").toString() : table.toString();
    }

    /** By query the lines that the first mode gave. */
    private final Map<Integer, List<String>> lines = new HashMap<>();

    private Stream<DynamicTest> tests(EngineMode mode, Map<String, String> paths, List<Answer> expected) {
        // One engine for all queries of a mode; it is closed when the stream of its tests has been run.
        EngineOfMode engine = new EngineOfMode(mode, paths);
        return IntStream.rangeClosed(1, TpchQueries.COUNT)
                .mapToObj(query -> DynamicTest.dynamicTest(
                        "q" + query + " " + mode, () -> check(query, engine.target(), expected.get(query - 1))))
                .onClose(engine::close);
    }

    private void check(int query, SqlTarget engine, Answer expected) throws SqlFailure {
        String sql = TpchQueries.sql(query, SCALE);
        assertFalse(expected.rows().isEmpty(), "query " + query + " should have rows");
        Answer actual = engine.run(sql);
        // The order of rows with equal keys is open in some of the queries, so rows are compared as sets.
        assertNull(AnswerComparison.difference(expected, actual, false), () -> sql);
        List<String> first = lines.computeIfAbsent(query, any -> AnswerText.lines(actual));
        assertEquals(first, AnswerText.lines(actual), "every mode gives the same rows, in the same order: " + sql);
        if (query == 6) {
            assertEquals(List.of("1193053.2253"), AnswerText.lines(actual));
        }
    }
}
