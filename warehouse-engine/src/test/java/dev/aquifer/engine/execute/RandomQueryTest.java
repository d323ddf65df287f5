package dev.aquifer.engine.execute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.aquifer.engine.session.Engine;
import dev.aquifer.engine.session.EngineConfig;
import dev.aquifer.engine.session.Pushdown;
import dev.aquifer.engine.session.Session;
import dev.aquifer.engine.session.SessionOptions;
import dev.aquifer.engine.testing.DuckDb;
import dev.aquifer.engine.testing.RandomQueries;
import dev.aquifer.engine.testing.ResultText;
import dev.aquifer.engine.testing.SameRows;
import dev.aquifer.service.server.NodeConfig;
import dev.aquifer.service.server.NodeServer;
import dev.aquifer.spi.error.AquiferException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random queries against DuckDB, pulled and pushed. {@code -Daquifer.seed=N} repeats a run. */
final class RandomQueryTest {
    private static final int QUERIES = 250;
    private static final int ROWS = 300;

    @Test
    void givesWhatDuckDbGives(@TempDir Path folder) throws SQLException {
        long seed = Long.getLong("aquifer.seed", System.nanoTime());
        System.out.println("random queries: seed " + seed);
        RandomQueries queries = new RandomQueries(seed);
        Path t = folder.resolve("t.parquet");
        Path u = folder.resolve("u.parquet");
        String name = "random-" + seed;
        try (DuckDb duck = DuckDb.open()) {
            duck.execute("create table t as " + queries.rows(ROWS));
            duck.execute("create table u as " + queries.rows(ROWS / 5));
            duck.execute("copy t to '" + t + "' (format parquet, row_group_size 2048)");
            duck.execute("copy u to '" + u + "' (format parquet)");
            Map<String, String> tables = Map.of("t", t.toString(), "u", u.toString());
            try (NodeServer node = NodeServer.start(
                            NodeConfig.defaults().inProcess(name).withMemory(64 << 20, 256 << 20));
                    Engine engine = Engine.open(EngineConfig.of(tables).withNodes(List.of("inprocess:" + name)));
                    Session pulled = engine.newSession(new SessionOptions("reference", Pushdown.OFF, null));
                    Session pushed = engine.newSession(new SessionOptions("auto", Pushdown.ON, null))) {
                int compared = 0;
                for (int i = 0; i < QUERIES; i++) {
                    compared += compare(queries.next(), duck, pulled, pushed, seed) ? 1 : 0;
                }
                assertTrue(compared > QUERIES * 9 / 10, "only " + compared + " queries ran in both engines");
                System.out.println("random queries: " + compared + " compared, on a node at " + node.address());
            }
        }
    }

    private static boolean compare(String sql, DuckDb duck, Session pulled, Session pushed, long seed) {
        List<List<@Nullable Object>> expected;
        try {
            expected = duck.rows(sql);
        } catch (SQLException e) {
            // A number that does not fit DuckDB's type for it, which may fit ours.
            return false;
        }
        try {
            List<List<@Nullable String>> ours = ResultText.of(pulled, sql);
            String difference = SameRows.difference(ours, expected);
            if (difference != null) {
                fail("seed " + seed + "\n" + sql + "\n" + difference);
            }
            assertEquals(sorted(ours), sorted(ResultText.of(pushed, sql)), "seed " + seed + ", pushed: " + sql);
            return true;
        } catch (AquiferException e) {
            return fail("seed " + seed + "\n" + sql + "\n" + e.code() + " " + e.getMessage(), e);
        }
    }

    private static List<String> sorted(List<List<@Nullable String>> rows) {
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(row.toString()));
        lines.sort(null);
        return lines;
    }
}
