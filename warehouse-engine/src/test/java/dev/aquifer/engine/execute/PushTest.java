package dev.aquifer.engine.execute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.engine.session.Engine;
import dev.aquifer.engine.session.EngineConfig;
import dev.aquifer.engine.session.PreparedQuery;
import dev.aquifer.engine.session.Pushdown;
import dev.aquifer.engine.session.QueryResult;
import dev.aquifer.engine.session.Session;
import dev.aquifer.engine.session.SessionOptions;
import dev.aquifer.engine.slt.DuckDb;
import dev.aquifer.service.server.NodeConfig;
import dev.aquifer.service.server.NodeServer;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an access when nodes are there, gone, or know another file than the engine. */
final class PushTest {
    private static final String COUNT = "select count(*) as n, sum(v) as s from t where v >= 10";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path table(String rows) throws SQLException {
        Path file = folder.resolve("t.parquet");
        try (DuckDb duck = DuckDb.open()) {
            duck.execute("copy (" + rows + ") to '" + file + "' (format parquet, row_group_size 2048)");
        }
        return file;
    }

    private Engine engine(Path file, String... nodes) {
        return Engine.open(EngineConfig.of(Map.of("t", file.toString())).withNodes(List.of(nodes)));
    }

    private static Session session(Engine engine, Pushdown pushdown) {
        return engine.newSession(new SessionOptions("auto", pushdown, null));
    }

    private static NodeServer node() {
        return NodeServer.start(NodeConfig.defaults().withMemory(64 << 20, 64 << 20));
    }

    /** A port where nobody listens. */
    private static String nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    @Test
    void spreadsRowGroupsOverNodesAndMergesTheirParts() throws SQLException {
        // Which node has a row group depends on the nodes' ports: of 49 one of two has none in one run of 2^48.
        Path file = table("select range as v, 's' || range % 7 as s from range(100000)");
        try (NodeServer first = node();
                NodeServer second = node();
                Engine engine = engine(file, "127.0.0.1:" + first.port(), "127.0.0.1:" + second.port());
                Session session = session(engine, Pushdown.ON);
                QueryResult result = session.prepare(COUNT).execute(List.of())) {
            assertEquals(List.of(List.of("99990", "4999949955")), ResultText.of(result));
            AccessStats access = result.stats().accesses().getFirst();
            assertEquals(2, access.rowsReturned(), "one partial row from each node: " + access);
            assertTrue(access.pushed());
            assertEquals("cpu", access.device());
            assertEquals(
                    List.of(List.of("9998"), List.of("9999"), List.of("10000")),
                    ResultText.of(session, "select v from t where v > 9997 limit 3"),
                    "rows come in the order of the table");
        }
    }

    @Test
    void programsAreSharedByStatementsThatDifferInConstants() throws SQLException {
        Path file = table("select range as v from range(20000)");
        try (NodeServer node = node();
                Engine engine = engine(file, "127.0.0.1:" + node.port());
                Session session = session(engine, Pushdown.ON)) {
            for (int below = 1; below <= 3; below++) {
                String sql = "select count(*) from t where v < " + below;
                try (QueryResult result = session.prepare(sql).execute(List.of())) {
                    assertEquals(List.of(List.of(String.valueOf(below))), ResultText.of(result));
                    AccessStats access = result.stats().accesses().getFirst();
                    assertEquals(1, access.programs());
                    assertEquals(below == 1 ? 0 : 1, access.programHits(), sql);
                }
            }
        }
    }

    @Test
    void cutsTiesOfGroupsAlikeWhoeverHasThem() throws SQLException {
        Path file = table("select range % 10 as h, range % 7 as g, case when range < 100 then 1 else 0 end as x"
                + " from range(20000)");
        try (NodeServer first = node();
                NodeServer second = node();
                Engine one = engine(file, "127.0.0.1:" + first.port());
                Engine two = engine(file, "127.0.0.1:" + first.port(), "127.0.0.1:" + second.port());
                Session pulled = session(two, Pushdown.OFF);
                Session pushed = session(one, Pushdown.ON);
                Session spread = session(two, Pushdown.ON)) {
            for (String sql : List.of(
                    "select h, count(*) from t group by h, g, x order by h limit 3",
                    "select count(*) * 2 as n, g from t group by h, g, x order by g desc limit 5",
                    "select h, g from (select h, g from t union select h + 1, g from t) u order by h limit 3")) {
                List<List<@Nullable String>> rows = ResultText.of(pulled, sql);
                assertEquals(rows, ResultText.of(pushed, sql), sql);
                assertEquals(rows, ResultText.of(spread, sql), sql);
            }
        }
    }

    @Test
    void explainsWhatGoesToOneNodeAndToSeveral() throws SQLException {
        // So many row groups that one node does not own them all, whatever its port is.
        Path file = table("select range % 7 as g, range as v from range(100000)");
        String top = "explain select g, count(*) from t group by g order by 2 limit 3";
        String distinct = "explain select count(distinct g) from t";
        try (NodeServer first = node();
                NodeServer second = node();
                Engine one = engine(file, "127.0.0.1:" + first.port());
                Engine two = engine(file, "127.0.0.1:" + first.port(), "127.0.0.1:" + second.port());
                Session pushed = session(one, Pushdown.ON);
                Session spread = session(two, Pushdown.ON)) {
            assertTrue(ResultText.of(pushed, top).toString().contains(", top groups 3 by COUNT(*), g"));
            assertTrue(ResultText.of(pushed, distinct).toString().contains("group by [g], distinct values"));
            assertFalse(ResultText.of(spread, top).toString().contains("top groups"), "no node has all of the groups");
            String partial = ResultText.of(spread, distinct).toString();
            assertTrue(partial.contains("group by [g]],") && partial.contains("residual: distinct values"), partial);
        }
    }

    @Test
    void aQueryEndsWithItsEngine() throws SQLException {
        Path file = table("select range as v from range(200000)");
        Engine engine = engine(file);
        Session session = session(engine, Pushdown.OFF);
        try (QueryResult result = session.prepare("select v from t").execute(List.of())) {
            assertNotNull(result.next());
            engine.close();
            // Row groups that no thread had begun are never read; waiting for one would not end.
            AquiferException e = assertThrows(AquiferException.class, () -> ResultText.of(result));
            assertEquals(ErrorCode.CANCELLED, e.code());
        }
    }

    @Test
    void namesTheNodeThatIsNotThere() throws SQLException, IOException {
        Path file = table("select range as v from range(100)");
        String nobody = nobody();
        try (Engine engine = engine(file, nobody)) {
            try (Session session = session(engine, Pushdown.ON)) {
                AquiferException e = assertThrows(AquiferException.class, () -> ResultText.of(session, COUNT));
                assertEquals(ErrorCode.NODE_UNAVAILABLE, e.code());
                assertTrue(String.valueOf(e.getMessage()).contains(nobody), e.getMessage());
            }
            try (Session session = session(engine, Pushdown.AUTO);
                    QueryResult result = session.prepare(COUNT).execute(List.of())) {
                assertEquals(List.of(List.of("90", "4905")), ResultText.of(result));
                AccessStats access = result.stats().accesses().getFirst();
                assertFalse(access.pushed());
                assertTrue(access.note().contains(nobody), access.note());
            }
        }
    }

    @Test
    void seesAReplacedFile() throws SQLException {
        Path file = table("select range as v from range(100)");
        try (NodeServer node = node();
                Engine engine = engine(file, "127.0.0.1:" + node.port());
                Session session = session(engine, Pushdown.ON)) {
            PreparedQuery query = session.prepare(COUNT);
            try (QueryResult result = query.execute(List.of())) {
                assertEquals(List.of(List.of("90", "4905")), ResultText.of(result));
            }
            table("select range as v from range(12)");
            try (QueryResult result = query.execute(List.of())) {
                assertEquals(List.of(List.of("2", "21")), ResultText.of(result));
            }
        }
    }

    @Test
    void plansAgainWhereTheFileChangedAfterPlanning() throws SQLException {
        Path file = table("select range as v from range(100)");
        try (NodeServer node = node();
                Engine engine = engine(file, "127.0.0.1:" + node.port());
                Session session = session(engine, Pushdown.ON);
                QueryResult result = session.prepare("select sum(v) from t").execute(List.of())) {
            // The plan names the first version; the stream has begun or not when the file is replaced.
            table("select range as v from range(5)");
            String sum = ResultText.of(result).getFirst().getFirst();
            assertTrue(
                    List.of("10", "4950").contains(String.valueOf(sum)),
                    "the old sum or the new one, never a mix: " + sum);
        }
    }

    @Test
    void blocksOfAReplacedFileAnswerNothing() throws SQLException {
        Path file = table("select 0 as v");
        try (NodeServer node = node();
                Engine engine = engine(file, "127.0.0.1:" + node.port());
                Session session = session(engine, Pushdown.ON)) {
            for (int rows = 10; rows < 16; rows++) {
                // The plan that is kept, and the blocks that the node has, are of the file before.
                table("select range as v from range(" + rows + ")");
                List<List<String>> sum = List.of(List.of(Integer.toString(rows * (rows - 1) / 2)));
                assertEquals(sum, ResultText.of(session, "select sum(v) from t"));
                assertEquals(sum, ResultText.of(session, "select sum(v) from t"));
            }
        }
    }

    @Test
    void takesParametersOfEveryType() throws SQLException {
        Path file = table("select 5 as v");
        try (Engine engine = engine(file);
                Session session = session(engine, Pushdown.OFF)) {
            PreparedQuery query = session.prepare(
                    "select v + ?, cast(? as varchar), cast(? as double), cast(? as date), cast(? as boolean) from t where v = ?");
            assertEquals(DataType.INT32, query.parameterTypes().getFirst());
            List<@Nullable Object> values = Arrays.asList(2L, Bytes.utf8("ü'"), Double.NaN, 10L, null, 5L);
            try (QueryResult result = query.execute(values)) {
                assertEquals(List.of(Arrays.asList("7", "ü'", "NaN", "1970-01-11", null)), ResultText.of(result));
            }
            AquiferException e = assertThrows(AquiferException.class, () -> query.execute(List.of(1L)));
            assertEquals(ErrorCode.INVALID_ARGUMENT, e.code());
        }
    }

    @Test
    void stopsWhenItIsCancelled() throws SQLException {
        Path file = table("select range as v from range(200000)");
        try (Engine engine = engine(file);
                Session session = session(engine, Pushdown.OFF);
                QueryResult result = session.prepare("select count(*) from t a, t b where a.v + b.v = 1")
                        .execute(List.of())) {
            Thread.ofVirtual().start(result::cancel);
            AquiferException e = assertThrows(AquiferException.class, () -> ResultText.of(result));
            assertEquals(ErrorCode.CANCELLED, e.code());
        }
    }

    @Test
    void stopsWhileTheSideOfAJoinIsBuilt() throws SQLException {
        Path file = table("select range as v from range(200000)");
        String pairs = "(select a.v from t a, t b where a.v + b.v = 1)";
        try (Engine engine = engine(file);
                Session session = session(engine, Pushdown.OFF);
                QueryResult result = session.prepare("select count(*) from t left join " + pairs + " p on t.v = p.v")
                        .execute(List.of())) {
            Thread.ofVirtual().start(result::cancel);
            AquiferException e = assertThrows(AquiferException.class, () -> ResultText.of(result));
            assertEquals(ErrorCode.CANCELLED, e.code());
        }
    }

    @Test
    void countsWhatCameWhereALimitStopsEarly() throws SQLException {
        // More than is sent ahead of who reads: the end comes with the last rows.
        Path file = table("select range as v from range(500000)");
        try (NodeServer node = node();
                Engine engine = engine(file, "127.0.0.1:" + node.port());
                Session session = session(engine, Pushdown.ON)) {
            try (QueryResult result = session.prepare("select v from t limit 5").execute(List.of())) {
                assertEquals(5, ResultText.of(result).size());
                AccessStats access = result.stats().accesses().getFirst();
                assertEquals("cpu", access.device(), "the node was at its end too: " + access);
                assertEquals(5, access.rowsReturned());
                assertTrue(access.rowsScanned() > 0 && access.wireBytes() > 0, access.toString());
            }
            try (QueryResult result = session.prepare("select a.v from t a join t b on a.v = b.v limit 5")
                    .execute(List.of())) {
                assertEquals(5, ResultText.of(result).size());
                AccessStats probed = result.stats().accesses().getLast();
                assertTrue(probed.rowsReturned() > 0 && probed.wireBytes() > 0, probed.toString());
                assertTrue(
                        probed.note().contains("did not come to its end"), "nothing is left out in silence: " + probed);
            }
        }
    }

    @Test
    void givesRowsWithoutPartnerInParts() throws SQLException {
        Path file = table("select range as v from range(200000)");
        try (Engine engine = engine(file);
                Session session = session(engine, Pushdown.OFF);
                QueryResult result = session.prepare("select a.v, b.v from t a right join t b on a.v = b.v + 1000000")
                        .execute(List.of())) {
            long rows = 0;
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                assertTrue(batch.rows() > 0 && batch.rows() <= 65_536, batch.rows() + " rows");
                rows += batch.rows();
            }
            assertEquals(200_000, rows);
        }
    }

    @Test
    void givesPairsAsTheyAreFound() throws SQLException {
        Path file = table("select range as v from range(200000)");
        try (Engine engine = engine(file);
                Session session = session(engine, Pushdown.OFF);
                QueryResult result =
                        session.prepare("select a.v + b.v from t a, t b").execute(List.of())) {
            // All pairs of the first rows alone would fill any heap.
            Batch first = result.next();
            assertNotNull(first);
            assertTrue(first.rows() > 0 && first.rows() <= 65_536, first.rows() + " rows");
        }
    }
}
