package dev.aquifer.service.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.service.server.TestClient.Answer;
import dev.aquifer.spi.merge.FloatSum;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fragments of every kind through a node over the wire, cold and hot, against DuckDB over the same files. */
final class ExecuteTest {
    private static final long ROWS = 300_000;

    @TempDir
    Path folder;

    private TestLake lake;
    private NodeServer node;
    private TestClient client;
    private Path file;
    private List<Slice> slices;

    @BeforeEach
    void start() {
        lake = new TestLake();
        file = folder.resolve("orders.parquet");
        lake.orders(file, ROWS, 122_880);
        slices = lake.slices(file);
        node = NodeServer.start(NodeConfig.defaults()
                .withSsd(folder.resolve("ssd"), 256 << 20)
                .withMemory(64 << 20, 256 << 20)
                .withThreads(3, 4));
        client = new TestClient(node);
    }

    @AfterEach
    void stop() {
        client.close();
        node.close();
        Leaks.none(node);
        lake.close();
    }

    @Test
    void groupsAreThoseOfDuckDb() {
        List<List<String>> expected = lake.query("SELECT word, count(*), sum(amount), min(maybe) FROM '" + file
                + "' WHERE id < 250000 GROUP BY word ORDER BY word");
        for (int round = 0; round < 2; round++) {
            Answer answer = client.execute(Orders.byWord(Orders.idBelow(250_000)), slices);
            List<List<String>> actual = new ArrayList<>();
            for (List<Object> row : answer.rows()) {
                actual.add(List.of(
                        row.get(0).toString(),
                        row.get(1).toString(),
                        new java.math.BigDecimal((java.math.BigInteger) row.get(2), 2).toPlainString(),
                        row.get(4).toString()));
            }
            actual.sort((a, b) -> a.getFirst().compareTo(b.getFirst()));
            assertEquals(expected, actual, "round " + round);
            assertEquals(11, answer.statistics().getPartialRows());
            assertEquals(5, answer.statistics().getStripesTotal());
            if (round == 0) {
                assertEquals(0, answer.statistics().getBlocksFromMemory());
                assertEquals(25, answer.statistics().getBlocksFromLake());
                assertTrue(answer.statistics().getLakeBytesFetched() > 0);
            } else {
                assertEquals(25, answer.statistics().getBlocksFromMemory());
                assertEquals(0, answer.statistics().getLakeBytesFetched());
                assertTrue(answer.statistics().getProgramCacheHit());
            }
        }
    }

    @Test
    void floatSumsAreTheSameBitsWhateverTheThreads() {
        Bytes state = null;
        for (int threads : new int[] {1, 2, 5}) {
            NodeServer other = NodeServer.start(NodeConfig.defaults().withThreads(threads, 2));
            try (TestClient caller = new TestClient(other)) {
                Answer answer = caller.execute(Orders.byWord(null), slices);
                List<Object> row = answer.rows().stream()
                        .filter(each -> each.get(0).equals(Bytes.utf8("word7")))
                        .findFirst()
                        .orElseThrow();
                state = state == null ? (Bytes) row.get(3) : state;
                assertEquals(state, row.get(3), threads + " threads");
            } finally {
                other.close();
            }
        }
        assertTrue(state != null && state.length() > 0, FloatSum.class + " gave no state");
    }

    /** Slices that are known answer by their zone maps, the one that the filter cuts is read, and one row comes of both. */
    @Test
    void zoneMapsOfKnownSlicesAreTheAnswer() {
        Object greatest = Bytes.utf8("word9");
        long nulls = lake.query("SELECT count(*) FROM '" + file + "' WHERE maybe IS NULL AND id < 290000").stream()
                .mapToLong(row -> Long.parseLong(row.getFirst()))
                .sum();
        List<List<Object>> expected = List.of(List.of(290_000L, 290_000L - nulls, 0L, 289_999L, greatest));
        for (int round = 0; round < 2; round++) {
            Answer answer = client.execute(Orders.extremes(Orders.idBelow(290_000)), slices);
            assertEquals(expected, answer.rows(), "round " + round);
            assertEquals(round == 0 ? 0 : 4, answer.statistics().getStripesPruned());
            assertEquals(
                    round == 0 ? 300_000 : 300_000 - 2 * 122_880,
                    answer.statistics().getRowsScanned());
        }
        Answer whole = client.execute(Orders.extremes(null), slices);
        assertEquals(300_000L, whole.rows().getFirst().getFirst());
        assertEquals(5, whole.statistics().getStripesPruned());
        assertEquals(
                0, whole.statistics().getBlocksFromMemory() + whole.statistics().getBlocksFromLake());
    }

    @Test
    void rowsComeInOrderAndWhole() {
        for (int round = 0; round < 2; round++) {
            Answer answer = client.execute(Orders.rows(Orders.idFrom(100), -1), slices);
            List<List<Object>> rows = answer.rows();
            assertEquals(ROWS - 100, rows.size());
            for (int i = 0; i < rows.size(); i++) {
                long id = i + 100L;
                assertEquals(id, rows.get(i).get(0));
                assertEquals(Bytes.utf8("word" + id % 11), rows.get(i).get(1));
                assertEquals(
                        id % 3 == 0 ? null : (Object) (id % 50), rows.get(i).get(2));
            }
            List<Long> sorted = new ArrayList<>(answer.ordinals());
            sorted.sort(Long::compare);
            assertEquals(sorted, answer.ordinals());
            assertEquals(ROWS - 100, answer.statistics().getRowsReturned());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 65_535, 65_536, 65_537, 200_001, 300_000, 300_001})
    void limitGivesTheFirstRows(long limit) {
        List<List<Object>> rows =
                client.execute(Orders.rows(null, limit), slices).rows();
        assertEquals(Math.min(limit, ROWS), rows.size());
        for (int i = 0; i < rows.size(); i++) {
            assertEquals((long) i, rows.get(i).get(0));
        }
    }

    @Test
    void topRowsAreTheFirstOfAll() {
        Answer answer = client.execute(Orders.top(1_000), slices);
        List<List<String>> expected = lake.query("SELECT id FROM '" + file + "' ORDER BY amount DESC, id LIMIT 1000");
        List<List<String>> actual = answer.rows().stream()
                .map(row -> List.of(row.get(1).toString()))
                .toList();
        assertEquals(expected, actual);
    }

    @Test
    void zoneMapsLeaveOutStripes() {
        // Cold: the footer's statistics rule out the last row group. Hot: blocks' own zone maps rule out more.
        Answer cold = client.execute(Orders.total(Orders.idBelow(10)), slices);
        assertEquals(List.of(10L, java.math.BigInteger.valueOf(45)), cold.rows().getFirst());
        assertEquals(3, cold.statistics().getStripesPruned());
        Answer hot = client.execute(Orders.total(Orders.idBelow(10)), slices);
        assertEquals(List.of(10L, java.math.BigInteger.valueOf(45)), hot.rows().getFirst());
        assertEquals(4, hot.statistics().getStripesPruned());
        Answer none = client.execute(Orders.total(Orders.idBelow(-5)), slices);
        List<Object> expected = new ArrayList<>();
        expected.add(0L);
        expected.add(null);
        assertEquals(List.of(expected), none.rows());
        assertEquals(5, none.statistics().getStripesPruned());
    }

    @Test
    void inProcessIsTheSame() {
        NodeServer inside = NodeServer.start(NodeConfig.defaults().inProcess("execute-test"));
        try (TestClient caller = new TestClient(inside)) {
            assertEquals(
                    ROWS,
                    caller.execute(Orders.total(null), slices).rows().getFirst().getFirst());
        } finally {
            inside.close();
        }
        Leaks.none(inside);
    }
}
