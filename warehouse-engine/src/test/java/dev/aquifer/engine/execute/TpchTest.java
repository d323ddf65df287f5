package dev.aquifer.engine.execute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.demo.tpch.TpchLake;
import dev.aquifer.demo.tpch.TpchProgress;
import dev.aquifer.demo.tpch.TpchQueries;
import dev.aquifer.engine.session.Engine;
import dev.aquifer.engine.session.EngineConfig;
import dev.aquifer.engine.session.Pushdown;
import dev.aquifer.engine.session.QueryResult;
import dev.aquifer.engine.session.Session;
import dev.aquifer.engine.session.SessionOptions;
import dev.aquifer.engine.testing.DuckDb;
import dev.aquifer.engine.testing.ResultText;
import dev.aquifer.engine.testing.SameRows;
import dev.aquifer.service.server.NodeConfig;
import dev.aquifer.service.server.NodeServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The 22 queries of TPC-H at scale 0.01 against DuckDB over the same files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TpchTest {
    private @Nullable Engine engine;
    private final List<NodeServer> nodes = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private @Nullable DuckDb duck;

    @BeforeAll
    void generate(@TempDir Path folder) throws IOException, SQLException {
        TpchLake lake = TpchLake.generate(folder.resolve("tpch"), new BigDecimal("0.01"), TpchProgress.none());
        Map<String, String> tables = new LinkedHashMap<>();
        duck = DuckDb.open();
        for (Map.Entry<String, Path> table : lake.tables().entrySet()) {
            tables.put(table.getKey(), table.getValue().toString());
            duck.view(table.getKey(), table.getValue());
        }
        for (int i = 0; i < 2; i++) {
            String name = "tpch-" + i + "-" + System.nanoTime();
            nodes.add(NodeServer.start(NodeConfig.defaults().inProcess(name).withMemory(256 << 20, 512 << 20)));
            addresses.add("inprocess:" + name);
        }
        engine = Engine.open(EngineConfig.of(tables).withNodes(addresses));
    }

    @AfterAll
    void close() throws SQLException {
        if (engine != null) {
            engine.close();
        }
        nodes.forEach(NodeServer::close);
        duck().close();
    }

    private Session session(Pushdown pushdown) {
        if (engine == null) {
            throw new IllegalStateException("no engine");
        }
        return engine.newSession(new SessionOptions("auto", pushdown, null));
    }

    private DuckDb duck() {
        if (duck == null) {
            throw new IllegalStateException("no DuckDB");
        }
        return duck;
    }

    static IntStream queries() {
        return IntStream.rangeClosed(1, TpchQueries.COUNT);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void givesWhatDuckDbGives(int query) throws SQLException {
        String sql = TpchQueries.sql(query);
        List<List<@Nullable Object>> expected = duck().rows(sql);
        assertFalse(expected.isEmpty(), "query " + query + " should have rows");
        List<List<@Nullable String>> pulled;
        try (Session session = session(Pushdown.OFF)) {
            pulled = ResultText.of(session, sql);
        }
        assertNull(SameRows.difference(pulled, expected));
        try (Session session = session(Pushdown.ON)) {
            assertEquals(pulled, ResultText.of(session, sql), "pushed and pulled give the same, in the same order");
        }
    }

    @Test
    void knowsTheAnswerOfQuerySix() {
        try (Session session = session(Pushdown.ON);
                QueryResult result = session.prepare(TpchQueries.sql(6)).execute(List.of())) {
            assertEquals(List.of(List.of("1193053.2253")), ResultText.of(result));
            AccessStats access = result.stats().accesses().getFirst();
            assertEquals(1, result.stats().accesses().size());
            assertTrue(access.pushed(), access.toString());
            assertEquals(1, access.rowsReturned(), "one partial row crosses the wire");
            assertEquals("cpu", access.device());
        }
    }
}
