package dev.aquifer.service.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.protocol.proto.ExecuteRequest;
import dev.aquifer.protocol.proto.PlanResponse;
import dev.aquifer.protocol.substrait.FragmentRequest;
import dev.aquifer.protocol.substrait.SourceFile;
import dev.aquifer.protocol.substrait.SubstraitWriter;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.source.PartitionValue;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that differ from their table: narrower types, columns they lack, columns that their path tells. */
final class SchemaEvolutionTest {
    @TempDir
    Path folder;

    private TestLake lake;
    private NodeServer node;
    private TestClient client;

    @BeforeEach
    void start() {
        lake = new TestLake();
        node = NodeServer.start(NodeConfig.defaults().withSsd(folder.resolve("ssd"), 64 << 20));
        client = new TestClient(node);
    }

    @AfterEach
    void stop() {
        Leaks.idle(node);
        client.close();
        node.close();
        Leaks.none(node);
        lake.close();
    }

    private static Fragment all(Field... fields) {
        List<Expr> projections = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            projections.add(new Expr.ColumnRef(i, fields[i].type()));
        }
        return new Fragment(List.of(fields), null, projections, new Terminal.Rows(-1));
    }

    @Test
    void typesWiden() {
        Path file = folder.resolve("narrow.parquet");
        lake.write(
                file,
                2_048,
                "SELECT CAST(i - 2 AS TINYINT) AS a, CAST(i * 1000 AS INTEGER) AS b, CAST(i AS FLOAT) / 2 AS c,"
                        + " CAST(i - 1 AS DECIMAL(9,2)) AS d FROM range(3) t(i) UNION ALL SELECT NULL, NULL, NULL, NULL");
        Fragment fragment = all(
                new Field("a", DataType.INT16),
                new Field("b", DataType.INT64),
                new Field("c", DataType.FLOAT64),
                new Field("d", DataType.decimal(30, 2)));
        List<Slice> slices = lake.slices(file);
        for (int round = 0; round < 2; round++) {
            List<List<Object>> rows = client.execute(fragment, slices).rows();
            assertEquals(Arrays.asList(-2L, 0L, 0.0, BigInteger.valueOf(-100)), rows.get(0));
            assertEquals(Arrays.asList(0L, 2_000L, 1.0, BigInteger.valueOf(100)), rows.get(2));
            assertEquals(Arrays.asList(null, null, null, null), rows.get(3));
        }
        AquiferException narrower =
                assertThrows(AquiferException.class, () -> client.execute(all(new Field("b", DataType.INT16)), slices));
        assertEquals(ErrorCode.TYPE_MISMATCH, narrower.code());
        assertTrue(String.valueOf(narrower.getMessage()).contains("column b"), narrower.getMessage());
    }

    @Test
    void absentColumnsAreNull() {
        Path file = folder.resolve("old.parquet");
        lake.write(file, 2_048, "SELECT i AS id FROM range(3000) t(i)");
        Fragment fragment = all(new Field("id", DataType.INT64), new Field("added", DataType.VARCHAR));
        List<Slice> slices = lake.slices(file);
        for (int round = 0; round < 2; round++) {
            TestClient.Answer answer = client.execute(fragment, slices);
            assertEquals(3_000, answer.rows().size());
            assertEquals(Arrays.asList(2_999L, null), answer.rows().getLast());
            assertEquals(round == 0, answer.statistics().getLakeRequests() > 0);
        }
    }

    @Test
    void pathsTellColumns() {
        Path file = folder.resolve("part.parquet");
        lake.write(file, 69_632, "SELECT i AS id, 'of the file' AS region FROM range(70000) t(i)");
        List<Slice> slices = TestLake.withPartitions(
                lake.slices(file),
                new PartitionValue("year", DataType.INT64, 2024L),
                new PartitionValue("region", DataType.VARCHAR, Bytes.utf8("north")),
                new PartitionValue("nothing", DataType.DATE, null));
        Field year = new Field("year", DataType.INT64);
        Fragment fragment = all(
                new Field("id", DataType.INT64),
                year,
                new Field("region", DataType.VARCHAR),
                new Field("nothing", DataType.DATE));
        List<List<Object>> rows = client.execute(fragment, slices).rows();
        assertEquals(70_000, rows.size());
        assertEquals(Arrays.asList(69_999L, 2024L, Bytes.utf8("north"), null), rows.getLast());
        Expr other = Expr.call(
                Function.EQUAL, new Expr.ColumnRef(1, DataType.INT64), new Expr.Literal(DataType.INT64, 2023L));
        Fragment pruned = new Fragment(fragment.columns(), other, fragment.projections(), fragment.terminal());
        TestClient.Answer none = client.execute(pruned, slices);
        assertEquals(0, none.rows().size());
        assertEquals(none.statistics().getStripesTotal(), none.statistics().getStripesPruned());
        AquiferException mismatch = assertThrows(
                AquiferException.class, () -> client.execute(all(new Field("year", DataType.INT32)), slices));
        assertEquals(ErrorCode.INVALID_PLAN, mismatch.code());
    }

    @Test
    void countingNeedsNoColumn() {
        Path file = folder.resolve("orders.parquet");
        lake.orders(file, 70_000, 69_632);
        Fragment count = new Fragment(
                List.of(),
                null,
                List.of(),
                new Terminal.Aggregate(
                        List.of(),
                        List.of(new dev.aquifer.spi.fragment.AggregateCall(
                                dev.aquifer.spi.fragment.AggregateFunction.COUNT, -1, -1))));
        assertEquals(
                List.of(List.of(70_000L)),
                client.execute(count, lake.slices(file)).rows());
        List<Slice> lies = lake.slices(file).stream()
                .map(slice ->
                        new Slice(slice.object(), 0, slice.start(), slice.length(), slice.rows() + 1, 0, List.of()))
                .limit(1)
                .toList();
        AquiferException wrong = assertThrows(AquiferException.class, () -> client.execute(count, lies));
        assertEquals(ErrorCode.INVALID_PLAN, wrong.code());
    }

    @Test
    void filesWithoutVersionsAreLookedUp() {
        Path file = folder.resolve("orders.parquet");
        lake.orders(file, 70_000, 20_480);
        List<Slice> slices = lake.slices(file);
        String uri = slices.getFirst().object().uri();
        SourceFile whole = new SourceFile(uri, 0, 0);
        SourceFile second = new SourceFile(
                uri,
                slices.get(1).start(),
                slices.get(2).start() - slices.get(1).start());
        assertEquals(70_000L, total(whole));
        assertEquals(20_480L, total(second));
    }

    private Object total(SourceFile file) {
        Fragment fragment = Orders.total(null);
        ExecuteRequest request = ExecuteRequest.newBuilder()
                .setSubstraitPlan(SubstraitWriter.toBytes(new FragmentRequest(fragment, List.of(), List.of(file))))
                .build();
        return client.execute(request, fragment).rows().getFirst().getFirst();
    }

    @Test
    void aPlanSaysWhatWouldHappen() {
        Path file = folder.resolve("orders.parquet");
        lake.orders(file, 70_000, 20_480);
        List<Slice> slices = lake.slices(file);
        PlanResponse cold = client.plan(Orders.total(Orders.idBelow(30_000)), slices);
        assertEquals(4, cold.getStripesTotal());
        assertEquals(2, cold.getStripesPruned());
        assertEquals(40_960, cold.getRows());
        assertTrue(cold.getBytesInLake() > 0);
        assertEquals(0, cold.getBytesInMemory());
        assertTrue(cold.getLakeBytesTotal() > cold.getBytesInLake());
        assertTrue(cold.getRefusedList().stream()
                .anyMatch(refusal -> refusal.getDevice().equals(GatedDevice.NAME)));
        client.execute(Orders.total(Orders.idBelow(30_000)), slices);
        PlanResponse hot = client.plan(Orders.total(Orders.idBelow(30_000)), slices);
        assertEquals(0, hot.getBytesInLake());
        assertTrue(hot.getBytesInMemory() > 0);
        assertEquals(cold.getDevice(), hot.getDevice());
    }
}
