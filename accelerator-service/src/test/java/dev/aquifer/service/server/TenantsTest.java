package dev.aquifer.service.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.protocol.proto.AcceleratorGrpc;
import dev.aquifer.protocol.proto.CacheAction;
import dev.aquifer.protocol.proto.CacheRequest;
import dev.aquifer.protocol.proto.CacheResponse;
import dev.aquifer.protocol.proto.ExecuteRequest;
import dev.aquifer.protocol.status.Statuses;
import dev.aquifer.protocol.substrait.FragmentRequest;
import dev.aquifer.protocol.substrait.SubstraitWriter;
import dev.aquifer.service.tenant.Locations;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.Slice;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tenants get, and what they never see of each other. */
final class TenantsTest {
    private static final long ROWS = 200_000;

    @TempDir
    Path folder;

    private TestLake lake;
    private NodeServer node;
    private TestClient ads;
    private TestClient lab;
    private List<Slice> slices;

    @BeforeEach
    void start() throws Exception {
        GatedDevice.open();
        GatedDevice.breakWith(null);
        lake = new TestLake();
        Path file = folder.resolve("orders.parquet");
        lake.orders(file, ROWS, 65_536);
        slices = lake.slices(file);
        Path tenants = folder.resolve("tenants");
        Files.writeString(tenants, """
                # token   tenant
                for-ads   ads  weight=3
                for-lab   lab  fragments=2 memory=64m cache=10%   # a small one
                lab-too   lab
                """);
        node = NodeServer.start(NodeConfig.defaults()
                .withTenantsFile(tenants)
                .withSsd(folder.resolve("ssd"), 64 << 20)
                .withMemory(8 << 20, 128 << 20)
                .withThreads(2, 4));
        ads = new TestClient(node, "for-ads");
        lab = new TestClient(node, "for-lab");
    }

    @AfterEach
    void stop() {
        GatedDevice.open();
        Leaks.idle(node);
        ads.close();
        lab.close();
        node.close();
        Leaks.none(node);
        lake.close();
    }

    private ErrorCode refusal(@Nullable String token) {
        try (TestClient stranger = new TestClient(node, token)) {
            return assertThrows(AquiferException.class, () -> stranger.execute(Orders.total(null), slices))
                    .code();
        }
    }

    @Test
    void onlyKnownTokensGetIn() {
        assertEquals(ErrorCode.UNAUTHENTICATED, refusal(null));
        assertEquals(ErrorCode.UNAUTHENTICATED, refusal("for-adz"));
        assertEquals(11, ads.execute(Orders.byWord(null), slices).rows().size());
        try (TestClient again = new TestClient(node, "lab-too")) {
            assertEquals("lab", again.status().getTenant().getName());
        }
        StatusRuntimeException status = assertThrows(
                StatusRuntimeException.class,
                () -> AcceleratorGrpc.newBlockingStub(ads.channel())
                        .status(dev.aquifer.protocol.proto.StatusRequest.getDefaultInstance()));
        assertEquals(
                ErrorCode.UNAUTHENTICATED,
                Statuses.fromStatus(status, "the node").code());
    }

    private ExecuteRequest gated() {
        return TestClient.request(Orders.total(null), slices).toBuilder()
                .setDevice(GatedDevice.NAME)
                .build();
    }

    @Test
    void pastTheCapTheAnswerIsLater() throws Exception {
        GatedDevice.shut();
        List<CompletableFuture<Integer>> running = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            running.add(CompletableFuture.supplyAsync(
                    () -> lab.execute(gated(), Orders.total(null)).rows().size()));
        }
        Leaks.await(() -> node.parts().admission().running() == 2, "the fragments do not run");
        AquiferException refused = assertThrows(AquiferException.class, () -> lab.execute(Orders.total(null), slices));
        assertEquals(ErrorCode.CONCURRENCY_EXCEEDED, refused.code());
        assertTrue(refused.retryAfter().isPresent());
        // Who is willing to wait gets in when there is room.
        CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(
                () -> lab.execute(gated().toBuilder().setWaitForCapacity(true).build(), Orders.total(null))
                        .rows()
                        .size());
        Leaks.await(() -> node.parts().admission().waiting() == 1, "nobody waits");
        // Another tenant has caps of its own. (The workers are held at the gate; being let in is what counts.)
        CompletableFuture<Integer> other = CompletableFuture.supplyAsync(
                () -> ads.execute(gated(), Orders.total(null)).rows().size());
        Leaks.await(() -> node.parts().admission().running() == 3, "the other tenant is not let in");
        assertEquals(1, ads.status().getTenant().getRunning());
        GatedDevice.open();
        for (CompletableFuture<Integer> fragment : running) {
            assertEquals(1, fragment.get(30, TimeUnit.SECONDS));
        }
        assertEquals(1, waiting.get(30, TimeUnit.SECONDS));
        assertEquals(1, other.get(30, TimeUnit.SECONDS));
        assertEquals(1, lab.status().getTenant().getRefused());
    }

    @Test
    void waitingEndsWithTheDeadline() {
        GatedDevice.shut();
        List<CompletableFuture<Integer>> running = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            running.add(CompletableFuture.supplyAsync(
                    () -> lab.execute(gated(), Orders.total(null)).rows().size()));
        }
        Leaks.await(() -> node.parts().admission().running() == 2, "the fragments do not run");
        AquiferException late = assertThrows(
                AquiferException.class,
                () -> TestClient.collect(
                        () -> lab.stub()
                                .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                                .execute(gated().toBuilder()
                                        .setWaitForCapacity(true)
                                        .build()),
                        Orders.total(null)));
        assertEquals(ErrorCode.DEADLINE_EXCEEDED, late.code());
        GatedDevice.open();
        running.forEach(CompletableFuture::join);
    }

    @Test
    void stripesAreSharedByWeight() {
        // Many row groups of one stripe each, hot, so that both tenants always have stripes that wait.
        Path file = folder.resolve("many.parquet");
        lake.orders(file, 100 * 2_048, 2_048);
        List<Slice> many = lake.slices(file);
        NodeServer one = NodeServer.start(
                NodeConfig.defaults().withTenantsFile(folder.resolve("tenants")).withThreads(1, 4));
        try (TestClient heavy = new TestClient(one, "for-ads");
                TestClient light = new TestClient(one, "for-lab")) {
            heavy.execute(Orders.total(null), many);
            light.execute(Orders.byWord(null), many);
            GatedDevice.shut();
            GatedDevice.ORDER.clear();
            CompletableFuture<Integer> of3 = CompletableFuture.supplyAsync(() -> heavy.execute(
                            TestClient.request(Orders.total(null), many).toBuilder()
                                    .setDevice(GatedDevice.NAME)
                                    .build(),
                            Orders.total(null))
                    .rows()
                    .size());
            CompletableFuture<Integer> of1 = CompletableFuture.supplyAsync(() -> light.execute(
                            TestClient.request(Orders.byWord(null), many).toBuilder()
                                    .setDevice(GatedDevice.NAME)
                                    .build(),
                            Orders.byWord(null))
                    .rows()
                    .size());
            // Both have loaded ahead: eight stripes for the one worker, of one column and of five.
            Leaks.await(() -> one.parts().blocks().pins() >= 8 + 5 * 8, "the slices are not loaded");
            GatedDevice.open();
            assertEquals(1, of3.join());
            assertEquals(11, of1.join());
            List<Integer> order = new ArrayList<>(GatedDevice.ORDER).subList(4, 104);
            long heavyTurns = order.stream().filter(columns -> columns == 1).count();
            assertTrue(
                    heavyTurns >= 72 && heavyTurns <= 78, heavyTurns + " of 100 stripes for weight 3 of 4: " + order);
        } finally {
            one.close();
        }
        Leaks.none(one);
    }

    private static CacheRequest cache(CacheAction action) {
        return CacheRequest.newBuilder().setAction(action).setEverything(true).build();
    }

    @Test
    void cachesAreApart() {
        ads.execute(Orders.byWord(null), slices);
        assertEquals(0, lab.status().getMemory().getUsedBytes());
        TestClient.Answer own = lab.execute(Orders.byWord(null), slices);
        assertTrue(own.statistics().getLakeBytesFetched() > 0, "another tenant's blocks were used");
        CacheResponse evicted = lab.cache(cache(CacheAction.CACHE_ACTION_EVICT));
        assertTrue(evicted.getBlocks() > 0);
        assertEquals(0, evicted.getMemory().getUsedBytes());
        assertEquals(0, evicted.getSsd().getBlocks());
        // The other one's are still there.
        assertEquals(0, ads.execute(Orders.byWord(null), slices).statistics().getLakeRequests());
    }

    @Test
    void aTenantKeepsWithinItsShare() {
        lab.execute(Orders.byWord(null), slices);
        lab.execute(Orders.rows(null, -1), slices);
        long share = new Tenant("lab", 1, 1, 1, 10, Locations.EVERYWHERE).cacheShare(8 << 20);
        assertTrue(
                lab.status().getMemory().getUsedBytes() <= share, lab.status().getMemory() + " of " + share);
        assertEquals(share, lab.status().getMemory().getCapacityBytes());
    }

    @Test
    void blocksCanBeWarmedAndPinned() {
        CacheRequest warm = CacheRequest.newBuilder()
                .setAction(CacheAction.CACHE_ACTION_WARM)
                .setSubstraitPlan(SubstraitWriter.toBytes(new FragmentRequest(Orders.total(null), slices)))
                .build();
        CacheResponse warmed = ads.cache(warm);
        assertEquals(4, warmed.getBlocks());
        assertEquals(warmed.getBytes(), warmed.getMemory().getUsedBytes());
        assertEquals(0, ads.execute(Orders.total(null), slices).statistics().getLakeRequests());
        CacheResponse pinned = ads.cache(
                warm.toBuilder().setAction(CacheAction.CACHE_ACTION_PIN).build());
        assertEquals(warmed.getBytes(), pinned.getMemory().getPinnedBytes());
        CacheResponse unpinned = ads.cache(cache(CacheAction.CACHE_ACTION_UNPIN));
        assertEquals(0, unpinned.getMemory().getPinnedBytes());
        AquiferException noAction =
                assertThrows(AquiferException.class, () -> ads.cache(CacheRequest.getDefaultInstance()));
        assertEquals(ErrorCode.INVALID_ARGUMENT, noAction.code());
        AquiferException noTarget = assertThrows(
                AquiferException.class,
                () -> ads.cache(CacheRequest.newBuilder()
                        .setAction(CacheAction.CACHE_ACTION_EVICT)
                        .build()));
        assertEquals(ErrorCode.INVALID_ARGUMENT, noTarget.code());
    }
}
