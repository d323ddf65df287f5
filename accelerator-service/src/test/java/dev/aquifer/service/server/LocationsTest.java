package dev.aquifer.service.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.aquifer.demo.s3.EmbeddedS3;
import dev.aquifer.lake.object.LakeConfig;
import dev.aquifer.protocol.proto.CacheAction;
import dev.aquifer.protocol.proto.CacheRequest;
import dev.aquifer.protocol.proto.ExecuteRequest;
import dev.aquifer.protocol.proto.PlanRequest;
import dev.aquifer.protocol.status.Statuses;
import dev.aquifer.protocol.substrait.FragmentRequest;
import dev.aquifer.protocol.substrait.SourceFile;
import dev.aquifer.protocol.substrait.SubstraitWriter;
import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.tenant.Locations;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.Slice;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Callers read what the node's owner lets them read, by whatever name and call they try, and nothing else. */
final class LocationsTest {
    private static final long ROWS = 5_000;

    @TempDir
    Path folder;

    private TestLake lake;
    private Path data;
    private Path secret;

    @BeforeEach
    void start() throws Exception {
        lake = new TestLake();
        data = Files.createDirectories(folder.resolve("data"));
        secret = Files.createDirectories(folder.resolve("secret"));
        Files.createDirectories(folder.resolve("data2"));
        Files.createDirectories(data.resolve("sub"));
        lake.orders(data.resolve("orders.parquet"), ROWS, 2_048);
        lake.orders(secret.resolve("orders.parquet"), ROWS, 2_048);
        lake.orders(folder.resolve("data2/orders.parquet"), ROWS, 2_048);
        Files.createSymbolicLink(data.resolve("way-out"), secret);
        Files.createSymbolicLink(data.resolve("way-up"), Path.of("../secret"));
        Files.createSymbolicLink(data.resolve("out.parquet"), secret.resolve("orders.parquet"));
        Files.createSymbolicLink(data.resolve("dangling.parquet"), secret.resolve("none.parquet"));
        Files.createSymbolicLink(data.resolve("two-steps"), data.resolve("way-out"));
        Files.createSymbolicLink(data.resolve("circle"), data.resolve("circle"));
        Files.createSymbolicLink(data.resolve("inside.parquet"), Path.of("sub/../orders.parquet"));
        Files.createSymbolicLink(folder.resolve("alias"), data);
    }

    @AfterEach
    void stop() {
        lake.close();
    }

    private static FragmentRequest byName(String uri) {
        return new FragmentRequest(Orders.total(null), List.of(), List.of(new SourceFile(uri, 0, 0)));
    }

    /** A request with everything right but the name. */
    private FragmentRequest byVersion(Path real, String uri) {
        List<Slice> slices = new ArrayList<>();
        for (Slice slice : lake.slices(real)) {
            ObjectVersion object = slice.object();
            slices.add(new Slice(
                    new ObjectVersion(uri, object.version(), object.size()),
                    slice.rowGroup(),
                    slice.start(),
                    slice.length(),
                    slice.rows(),
                    slice.firstOrdinal(),
                    List.of()));
        }
        return new FragmentRequest(Orders.total(null), slices);
    }

    /** All that a caller can do with a plan. */
    private static List<Runnable> calls(TestClient client, FragmentRequest request) {
        ByteString plan = SubstraitWriter.toBytes(request);
        List<Runnable> calls = new ArrayList<>();
        calls.add(() -> client.stub()
                .execute(ExecuteRequest.newBuilder().setSubstraitPlan(plan).build())
                .forEachRemaining(response -> {}));
        calls.add(() -> client.stub()
                .plan(PlanRequest.newBuilder().setSubstraitPlan(plan).build()));
        for (CacheAction action : List.of(
                CacheAction.CACHE_ACTION_WARM,
                CacheAction.CACHE_ACTION_PIN,
                CacheAction.CACHE_ACTION_UNPIN,
                CacheAction.CACHE_ACTION_EVICT)) {
            calls.add(() -> client.stub()
                    .cache(CacheRequest.newBuilder()
                            .setAction(action)
                            .setSubstraitPlan(plan)
                            .build()));
        }
        return calls;
    }

    /** @return the message, the name left out: what else it says must not depend on the file */
    private static String refused(TestClient client, FragmentRequest request, String uri) {
        String message = null;
        for (Runnable call : calls(client, request)) {
            StatusRuntimeException status = assertThrows(StatusRuntimeException.class, call::run, uri);
            assertEquals(Status.Code.PERMISSION_DENIED, status.getStatus().getCode(), uri + ": " + status.getMessage());
            AquiferException error = Statuses.fromStatus(status, "the node");
            assertEquals(ErrorCode.PERMISSION_DENIED, error.code());
            assertTrue(String.valueOf(error.getMessage()).contains(uri), error.getMessage());
            String said = String.valueOf(error.getMessage()).replace(uri, "NAME");
            assertTrue(message == null || message.equals(said), said);
            message = said;
        }
        return String.valueOf(message);
    }

    private static void read(TestClient client, FragmentRequest request, String uri) {
        for (Runnable call : calls(client, request)) {
            try {
                call.run();
            } catch (StatusRuntimeException e) {
                throw new AssertionError(uri, e);
            }
        }
    }

    @Test
    void onlyTheFilesOfTheFolderAreRead() throws Exception {
        NodeServer node = NodeServer.start(NodeConfig.defaults()
                .withSsd(folder.resolve("ssd"), 64 << 20)
                .withLocations(Locations.of(List.of(data.toString()))));
        try (TestClient client = new TestClient(node)) {
            for (String name : List.of(
                    "/orders.parquet",
                    "//orders.parquet",
                    "/./orders.parquet",
                    "/sub/../orders.parquet",
                    "/way-out/../orders.parquet",
                    "/inside.parquet",
                    "/../alias/orders.parquet",
                    "/../data/orders.parquet")) {
                String uri = "file://" + data + name;
                read(client, byName(uri), uri);
                read(client, byVersion(data.resolve("orders.parquet"), uri), uri);
            }
            String there = null;
            for (String name : List.of(
                    "/../secret/orders.parquet",
                    "/../secret/none.parquet",
                    "/../none/none.parquet",
                    "/../data2/orders.parquet",
                    "2/orders.parquet",
                    "2/none.parquet",
                    "/way-out/orders.parquet",
                    "/way-out/none.parquet",
                    "/way-up/orders.parquet",
                    "/way-up/none.parquet",
                    "/two-steps/orders.parquet",
                    "/out.parquet",
                    "/dangling.parquet",
                    "/circle",
                    "/../../../../../../../../../../../etc/passwd",
                    "/../../../../../../../../../../../proc/self/root" + secret + "/orders.parquet",
                    "/\0/../../secret/orders.parquet",
                    "/../DATA/orders.parquet",
                    "%2f..%2fsecret/orders.parquet",
                    "/..")) {
                String uri = "file://" + data + name;
                String said = refused(client, byName(uri), uri);
                assertTrue(there == null || there.equals(said), "what is there shows: " + said);
                there = said;
                refused(client, byVersion(secret.resolve("orders.parquet"), uri), uri);
            }
            assertEquals(
                    there, refused(client, byName("s3://lake/data/orders.parquet"), "s3://lake/data/orders.parquet"));
            // Within the folder, what is wrong with a name is told.
            for (String name : List.of("/none.parquet", "/%2e%2e/secret/orders.parquet", "/orders.parquet/x")) {
                AquiferException missing = assertThrows(
                        AquiferException.class,
                        () -> client.execute(
                                ExecuteRequest.newBuilder()
                                        .setSubstraitPlan(SubstraitWriter.toBytes(byName("file://" + data + name)))
                                        .build(),
                                Orders.total(null)));
                assertEquals(ErrorCode.OBJECT_NOT_FOUND, missing.code(), missing.getMessage());
            }
            assertTrue(node.metrics().value(Counter.REFUSED_LOCATION) > 100);
            assertEquals(0, node.metrics().value(Counter.TASKS_CRASHED));
            Leaks.idle(node);
        } finally {
            node.close();
            Leaks.none(node);
        }
    }

    @Test
    void oneRefusedFileRefusesThePlan() {
        NodeServer node = NodeServer.start(NodeConfig.defaults().withLocations(Locations.of(List.of(data.toString()))));
        try (TestClient client = new TestClient(node)) {
            String good = "file://" + data + "/orders.parquet";
            String bad = "file://" + secret + "/orders.parquet";
            refused(
                    client,
                    new FragmentRequest(
                            Orders.total(null),
                            List.of(),
                            List.of(new SourceFile(good, 0, 0), new SourceFile(bad, 0, 0))),
                    bad);
            assertEquals(0, node.metrics().value(Counter.CHUNKS_HYDRATED));
        } finally {
            node.close();
        }
    }

    @Test
    void aTenantReadsItsOwnAndNoCacheGivesAway() throws Exception {
        Path tenants = folder.resolve("tenants");
        String both = "for-ads ads allow=" + data + " allow=" + secret + "\nfor-lab lab allow=" + data + "\n";
        Files.writeString(tenants, both);
        NodeServer node = NodeServer.start(NodeConfig.defaults()
                .withTenantsFile(tenants)
                .withSsd(folder.resolve("ssd"), 64 << 20)
                .withLocations(Locations.of(List.of(data.toString(), secret.toString()))));
        try (TestClient ads = new TestClient(node, "for-ads");
                TestClient lab = new TestClient(node, "for-lab")) {
            String uri = "file://" + secret + "/orders.parquet";
            FragmentRequest request = byVersion(secret.resolve("orders.parquet"), uri);
            read(ads, request, uri);
            assertEquals(
                    ROWS,
                    ads.execute(Orders.total(null), request.slices())
                            .rows()
                            .getFirst()
                            .getFirst());
            String other = "file://" + folder + "/data2/orders.parquet";
            refused(ads, byName(other), other);
            refused(lab, request, uri);
            // The same tenant, when it may no longer: its own blocks are there, in memory and on SSD.
            assertEquals(
                    0,
                    ads.execute(Orders.total(null), request.slices())
                            .statistics()
                            .getLakeRequests());
            Files.writeString(tenants, both.replace(" allow=" + secret, ""));
            Leaks.await(
                    () -> {
                        try {
                            ads.execute(Orders.total(null), request.slices());
                            return false;
                        } catch (AquiferException e) {
                            return e.code() == ErrorCode.PERMISSION_DENIED;
                        }
                    },
                    "the tenant reads on");
            refused(ads, request, uri);
            Leaks.idle(node);
        } finally {
            node.close();
            Leaks.none(node);
        }
    }

    private static LakeConfig config(EmbeddedS3 s3) {
        return LakeConfig.defaults().withEndpoint(s3.endpoint(), s3.accessKey(), s3.secretKey());
    }

    @Test
    void ofBucketsOnlyThePrefix() throws Exception {
        try (EmbeddedS3 s3 = EmbeddedS3.start(Files.createDirectory(folder.resolve("s3")));
                S3Client objects = s3.newClient()) {
            objects.createBucket(request -> request.bucket("lake"));
            objects.createBucket(request -> request.bucket("lake2"));
            Path file = data.resolve("orders.parquet");
            for (String key : List.of("ads/part.parquet", "ads2/part.parquet", "lab/part.parquet", "ads.parquet")) {
                objects.putObject(request -> request.bucket("lake").key(key), file);
            }
            objects.putObject(request -> request.bucket("lake2").key("ads/part.parquet"), file);
            NodeServer node = NodeServer.start(
                    NodeConfig.defaults().withLake(config(s3)).withLocations(Locations.of(List.of("s3://lake/ads/"))));
            try (TestClient client = new TestClient(node)) {
                read(client, byName("s3://lake/ads/part.parquet"), "part");
                String there = null;
                for (String uri : List.of(
                        "s3://lake/ads2/part.parquet",
                        "s3://lake/ads2/none.parquet",
                        "s3://lake/lab/part.parquet",
                        "s3://lake/ads.parquet",
                        "s3://lake/ads/../lab/part.parquet",
                        "s3://lake/ads/./../lab/part.parquet",
                        "s3://lake/ads/%2e%2E/lab/part.parquet",
                        "s3://lake/ads/..%2flab/part.parquet",
                        "s3://lake/ads/..\\lab/part.parquet",
                        "s3://lake//ads/part.parquet",
                        "s3://lake/Ads/part.parquet",
                        "s3://lake2/ads/part.parquet",
                        "s3://none/ads/part.parquet",
                        "s3:///lake/ads/part.parquet",
                        "s3://lake/ads\0/part.parquet",
                        "file://" + data + "/orders.parquet")) {
                    String said = refused(client, byName(uri), uri);
                    assertTrue(there == null || there.equals(said), "what is there shows: " + said);
                    there = said;
                }
                assertEquals(0, node.metrics().value(Counter.TASKS_CRASHED));
            } finally {
                node.close();
            }
        }
    }

    @Test
    void aNodeThatOthersReachKeepsItsDiskToItself() {
        NodeConfig config = NodeConfig.defaults().withAddress("0.0.0.0", 0);
        assertTrue(config.endpoint().isReachedByOthers());
        assertFalse(config.inProcess("x").endpoint().isReachedByOthers());
        assertFalse(config.withAddress("::1", 0).endpoint().isReachedByOthers());
    }
}
