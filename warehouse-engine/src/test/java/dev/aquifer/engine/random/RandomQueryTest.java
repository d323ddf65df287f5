package dev.aquifer.engine.random;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.aquifer.engine.slt.Answer;
import dev.aquifer.engine.slt.AnswerComparison;
import dev.aquifer.engine.slt.DuckDb;
import dev.aquifer.engine.slt.EngineMode;
import dev.aquifer.engine.slt.ParquetTables;
import dev.aquifer.engine.slt.SltTable;
import dev.aquifer.engine.slt.SqlFailure;
import dev.aquifer.engine.slt.SqlTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random queries on the engine and on DuckDB. {@code -Daquifer.seed=N} repeats a run, {@code -Daquifer.queries=N} sets how
 * many queries each mode runs, {@code -Daquifer.only=N} runs one query of them, {@code -Daquifer.mode=MODE} one mode.
 */
class RandomQueryTest {
    private static final int QUERIES = 80;
    private static final int SHOWN = 5;

    private final long seed = Long.getLong("aquifer.seed", System.nanoTime());
    private final int queries = Integer.getInteger("aquifer.queries", QUERIES);
    private final int only = Integer.getInteger("aquifer.only", -1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @TestFactory
    Stream<DynamicTest> modes() {
        return EngineMode.chosen().stream()
                .map(mode -> DynamicTest.dynamicTest("seed " + seed + " " + mode, () -> run(mode)));
    }

    private void run(EngineMode mode) throws IOException, SQLException, SqlFailure {
        System.out.println("random queries, " + mode + ": -Daquifer.seed=" + seed);
        try (DuckDb duck = DuckDb.open()) {
            List<SltTable> tables = tables();
            Path target = Files.createDirectories(folder.resolve(mode.name()));
            Map<String, String> paths = ParquetTables.write(duck, tables, target);
            Map<String, Samples> samples = new TreeMap<>();
            for (SltTable table : tables) {
                samples.put(table.name(), Samples.of(duck, table.name()));
            }
            try (SqlTarget engine = mode.open(paths)) {
                run(mode, duck, engine, samples);
            }
        }
    }

    private List<SltTable> tables() {
        Random random = new Random(seed);
        return List.of(
                RandomTable.create(random, "t1", 9000),
                RandomTable.create(random, "t2", 3000),
                RandomTable.create(random, "t3", 500));
    }

    private void run(EngineMode mode, DuckDb duck, SqlTarget engine, Map<String, Samples> samples) {
        List<String> findings = new ArrayList<>();
        int refused = 0;
        int ran = 0;
        for (int i = 0; i < queries; i++) {
            if (only >= 0 && only != i) {
                continue;
            }
            RandomQuery query = new Queries(new Random(seed * 1_000_003 + i), samples).next();
            Answer expected;
            try {
                expected = duck.run(query.sql().duck());
            } catch (SqlFailure e) {
                refused++;
                if (refused <= 2) {
                    System.out.println(
                            "DuckDB refuses: " + e.text() + "\n  " + query.sql().duck());
                }
                continue;
            }
            ran++;
            String finding = finding(query, expected, engine);
            if (finding != null) {
                findings.add("-Daquifer.seed=" + seed + " -Daquifer.only=" + i + "\n  "
                        + query.sql().engine() + "\n  " + finding);
            }
        }
        assertTrue(refused <= ran / 10, refused + " queries were refused by DuckDB, of " + (ran + refused));
        if (!findings.isEmpty()) {
            fail(findings.size() + " of " + ran + " random queries are wrong in mode " + mode + "\n"
                    + String.join(
                            "\n",
                            findings.stream()
                                    .limit(Integer.getInteger("aquifer.shown", SHOWN))
                                    .toList()));
        }
    }

    private static @Nullable String finding(RandomQuery query, Answer expected, SqlTarget engine) {
        try {
            return AnswerComparison.difference(expected, engine.run(query.sql().engine()), query.ordered());
        } catch (SqlFailure e) {
            return "failed: " + e.code() + ": " + e.text();
        } catch (RuntimeException | AssertionError e) {
            // A failure without a code is itself the finding; the next queries still tell something.
            return "failed without a code: " + e;
        }
    }
}
