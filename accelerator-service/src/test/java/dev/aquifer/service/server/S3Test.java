package dev.aquifer.service.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.demo.s3.EmbeddedS3;
import dev.aquifer.lake.object.LakeConfig;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.Slice;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** A node over a real S3 server: cold and hot reads, replaced objects, keys that are wrong, a server that goes away. */
final class S3Test {
    private static final String URI = "s3://lake/orders/part-0.parquet";

    @TempDir
    Path folder;

    private EmbeddedS3 s3;
    private S3Client objects;
    private TestLake lake;
    private NodeServer node;
    private TestClient client;

    @BeforeEach
    void start() throws Exception {
        s3 = EmbeddedS3.start(folder);
        objects = s3.newClient();
        objects.createBucket(request -> request.bucket("lake"));
        lake = new TestLake(config(s3.secretKey()));
        put(100_000);
        node = NodeServer.start(
                NodeConfig.defaults().withLake(config(s3.secretKey())).withSsd(folder.resolve("ssd"), 64 << 20));
        client = new TestClient(node);
    }

    private LakeConfig config(String secret) {
        return LakeConfig.defaults()
                .withEndpoint(s3.endpoint(), s3.accessKey(), secret)
                .withRetries(2, Duration.ofMillis(20))
                .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    private void put(long rows) {
        Path file = folder.resolve("orders-" + rows + ".parquet");
        lake.orders(file, rows, 20_480);
        objects.putObject(request -> request.bucket("lake").key("orders/part-0.parquet"), file);
    }

    @AfterEach
    void stop() {
        client.close();
        node.close();
        Leaks.none(node);
        lake.close();
        objects.close();
        s3.close();
    }

    private static List<Object> total(long rows) {
        return List.of(rows, BigInteger.valueOf(rows * (rows - 1) / 2));
    }

    @Test
    void coldReadsTheColumnAndHotReadsNothing() {
        List<Slice> slices = lake.slices(URI);
        TestClient.Answer cold = client.execute(Orders.total(null), slices);
        assertEquals(total(100_000), cold.rows().getFirst());
        assertTrue(cold.statistics().getLakeBytesFetched() > 0);
        assertTrue(cold.statistics().getLakeBytesFetched()
                < slices.getFirst().object().size() / 2);
        TestClient.Answer hot = client.execute(Orders.total(null), slices);
        assertEquals(total(100_000), hot.rows().getFirst());
        assertEquals(0, hot.statistics().getLakeRequests());
    }

    @Test
    void aReplacedObjectIsReadAgain() {
        List<Slice> old = lake.slices(URI);
        assertEquals(
                total(100_000), client.execute(Orders.total(null), old).rows().getFirst());
        put(50_000);
        List<Slice> replaced = lake.slices(URI);
        assertEquals(
                total(50_000),
                client.execute(Orders.total(null), replaced).rows().getFirst());
        // Of the old version only what is here can be answered, and that as it was.
        assertEquals(
                total(100_000), client.execute(Orders.total(null), old).rows().getFirst());
        AquiferException changed = assertThrows(AquiferException.class, () -> client.execute(Orders.byWord(null), old));
        assertEquals(ErrorCode.OBJECT_CHANGED, changed.code());
        Leaks.idle(node);
    }

    @Test
    void aServerThatIsGoneIsAnErrorAndTheNodeLives() {
        List<Slice> slices = lake.slices(URI);
        assertEquals(
                total(100_000),
                client.execute(Orders.total(null), slices).rows().getFirst());
        s3.close();
        AquiferException gone = assertThrows(AquiferException.class, () -> client.execute(Orders.byWord(null), slices));
        assertEquals(ErrorCode.STORAGE_UNAVAILABLE, gone.code());
        assertEquals(
                total(100_000),
                client.execute(Orders.total(null), slices).rows().getFirst());
        Leaks.idle(node);
    }

    @Test
    void aWrongSecretIsToldAsSuch() {
        List<Slice> slices = lake.slices(URI);
        NodeServer wrong = NodeServer.start(NodeConfig.defaults().withLake(config("not-the-secret")));
        try (TestClient caller = new TestClient(wrong)) {
            AquiferException denied =
                    assertThrows(AquiferException.class, () -> caller.execute(Orders.total(null), slices));
            assertEquals(ErrorCode.ACCESS_DENIED, denied.code());
        } finally {
            wrong.close();
        }
    }
}
