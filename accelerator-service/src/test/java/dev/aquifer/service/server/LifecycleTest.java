package dev.aquifer.service.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.protocol.proto.AcceleratorGrpc;
import dev.aquifer.protocol.proto.ExecuteRequest;
import dev.aquifer.protocol.proto.ExecuteResponse;
import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.schedule.Crashes;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.Slice;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fragments that do not end by themselves: cancelled, late, too large, unread, broken; and nodes that are told to end. */
final class LifecycleTest {
    private static final long ROWS = 600_000;

    @TempDir
    Path folder;

    private TestLake lake;
    private NodeServer node;
    private TestClient client;
    private List<Slice> slices;

    @BeforeEach
    void start() {
        GatedDevice.open();
        GatedDevice.breakWith(null);
        lake = new TestLake();
        Path file = folder.resolve("orders.parquet");
        lake.orders(file, ROWS, 122_880);
        slices = lake.slices(file);
        node = NodeServer.start(config());
        client = new TestClient(node);
    }

    private static NodeConfig config() {
        return NodeConfig.defaults().withMemory(64 << 20, 32 << 20).withThreads(2, 4);
    }

    @AfterEach
    void stop() {
        GatedDevice.open();
        GatedDevice.breakWith(null);
        Leaks.idle(node);
        assertEquals(
                ROWS,
                client.execute(Orders.total(null), slices).rows().getFirst().getFirst());
        client.close();
        node.close();
        Leaks.none(node);
        assertEquals(0, GatedDevice.ACCUMULATORS.get());
        lake.close();
    }

    private ExecuteRequest gated(boolean rows) {
        return TestClient.request(rows ? Orders.rows(null, -1) : Orders.byWord(null), slices).toBuilder()
                .setDevice(GatedDevice.NAME)
                .build();
    }

    /** A caller that takes so many messages and then no more until told. */
    private static final class SlowCaller implements ClientResponseObserver<ExecuteRequest, ExecuteResponse> {
        final AtomicInteger messages = new AtomicInteger();
        final CompletableFuture<Void> end = new CompletableFuture<>();
        private final CompletableFuture<ClientCallStreamObserver<ExecuteRequest>> call = new CompletableFuture<>();
        private final int first;

        SlowCaller(int first) {
            this.first = first;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<ExecuteRequest> started) {
            call.complete(started);
            started.disableAutoRequestWithInitial(first);
        }

        @Override
        public void onNext(ExecuteResponse response) {
            messages.incrementAndGet();
        }

        @Override
        public void onError(Throwable thrown) {
            end.completeExceptionally(thrown);
        }

        @Override
        public void onCompleted() {
            end.complete(null);
        }

        void take(int more) {
            call.join().request(more);
        }

        void cancel() {
            call.join().cancel("enough", null);
        }
    }

    private SlowCaller call(ExecuteRequest request, int first) {
        SlowCaller caller = new SlowCaller(first);
        AcceleratorGrpc.newStub(client.channel()).execute(request, caller);
        return caller;
    }

    @Test
    void cancellationInTheMiddleOfAStripeStopsIt() {
        GatedDevice.shut();
        SlowCaller caller = call(gated(false), 10);
        Leaks.await(() -> GatedDevice.WAITING.get() == 2, "no stripe runs");
        caller.cancel();
        // The gate stays shut: what ends the stripes is the stop signal.
        Leaks.idle(node);
        assertEquals(0, GatedDevice.WAITING.get());
        assertEquals(1, node.metrics().value(Counter.FRAGMENTS_CANCELLED));
    }

    @Test
    void cancellationInTheMiddleOfAStreamGivesEverythingBack() {
        SlowCaller caller = call(TestClient.request(Orders.rows(null, -1), slices), 2);
        Leaks.await(() -> caller.messages.get() == 2, "no results come");
        caller.cancel();
        assertThrows(CompletionException.class, caller.end::join);
        Leaks.idle(node);
    }

    @Test
    void aCallerWhoDoesNotReadHoldsBackTheWork() throws Exception {
        SlowCaller caller = call(TestClient.request(Orders.rows(null, -1), slices), 1);
        Leaks.await(() -> caller.messages.get() == 1, "no results come");
        // Once the transport is full, stripes stop; the others have the node for themselves.
        long scheduled = -1;
        for (int i = 0; i < 100 && scheduled != node.metrics().value(Counter.STRIPES_SCHEDULED); i++) {
            scheduled = node.metrics().value(Counter.STRIPES_SCHEDULED);
            Thread.sleep(100);
        }
        assertTrue(scheduled < 10, scheduled + " of 10 stripes ran for nobody");
        assertEquals(
                ROWS,
                client.execute(Orders.total(null), slices).rows().getFirst().getFirst());
        assertFalse(caller.end.isDone());
        caller.take(10_000);
        caller.end.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aDeadlineEndsTheWork() {
        GatedDevice.shut();
        AquiferException late = assertThrows(
                AquiferException.class,
                () -> TestClient.collect(
                        () -> client.stub()
                                .withDeadlineAfter(300, TimeUnit.MILLISECONDS)
                                .execute(gated(false)),
                        Orders.byWord(null)));
        assertEquals(ErrorCode.DEADLINE_EXCEEDED, late.code());
        Leaks.idle(node);
    }

    @Test
    void resultsThatDoNotFitTheWorkMemoryAreRefused() {
        NodeServer small = NodeServer.start(config().withMemory(64 << 20, 1 << 20));
        try (TestClient caller = new TestClient(small)) {
            AquiferException full =
                    assertThrows(AquiferException.class, () -> caller.execute(Orders.rows(null, -1), slices));
            assertEquals(ErrorCode.MEMORY_EXCEEDED, full.code());
            Leaks.idle(small);
            assertTrue(small.metrics().value(Counter.REFUSED_MEMORY) > 0);
            // What needs less still runs.
            assertEquals(11, caller.execute(Orders.byWord(null), slices).rows().size());
        } finally {
            small.close();
        }
        Leaks.none(small);
    }

    @Test
    void aCacheSmallerThanARowGroupStillAnswers() {
        NodeServer small = NodeServer.start(config().withMemory(1 << 20, 32 << 20));
        try (TestClient caller = new TestClient(small)) {
            for (int round = 0; round < 2; round++) {
                assertEquals(
                        11, caller.execute(Orders.byWord(null), slices).rows().size());
            }
            Leaks.idle(small);
            assertTrue(small.parts().memory().bytes() <= 1 << 20);
        } finally {
            small.close();
        }
        Leaks.none(small);
    }

    @Test
    void aDefectEndsItsRequestOnly() {
        // The node logs defects with their traces; these are none.
        Logger log = Logger.getLogger(Crashes.class.getName());
        log.setLevel(Level.OFF);
        try {
            defectsEndTheirRequestsOnly();
        } finally {
            log.setLevel(null);
        }
    }

    private void defectsEndTheirRequestsOnly() {
        for (Throwable defect : List.of(
                new IllegalStateException("a defect for a test"),
                new StackOverflowError("a defect for a test"),
                new AssertionError("a defect for a test"))) {
            GatedDevice.breakWith(() -> defect);
            AquiferException error =
                    assertThrows(AquiferException.class, () -> client.execute(gated(false), Orders.byWord(null)));
            assertEquals(ErrorCode.INTERNAL, error.code());
        }
        GatedDevice.breakWith(() -> new OutOfMemoryError("a defect for a test"));
        AquiferException error =
                assertThrows(AquiferException.class, () -> client.execute(gated(false), Orders.byWord(null)));
        assertEquals(ErrorCode.MEMORY_EXCEEDED, error.code());
        GatedDevice.breakWith(null);
        GatedDevice.failToClose(true);
        try {
            AquiferException unclosed =
                    assertThrows(AquiferException.class, () -> client.execute(gated(false), Orders.byWord(null)));
            assertEquals(ErrorCode.INTERNAL, unclosed.code());
            Leaks.idle(node);
        } finally {
            GatedDevice.failToClose(false);
        }
    }

    @Test
    void countersCanBeRead() throws Exception {
        NodeServer counted = NodeServer.start(config().withMetricsPort(0));
        try (TestClient caller = new TestClient(counted);
                HttpClient http = HttpClient.newHttpClient()) {
            assertEquals(11, caller.execute(Orders.byWord(null), slices).rows().size());
            Leaks.idle(counted);
            String page = http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + counted.metricsPort() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertTrue(page.contains("aquifer_fragments_finished_total 1.0"), page);
            assertTrue(page.contains("aquifer_stripes_scheduled_total 10.0"), page);
            assertTrue(page.contains("aquifer_memory_cache_bytes "), page);
        } finally {
            counted.close();
        }
    }

    @Test
    void aNodeThatEndsLetsWorkFinishAndRefusesMore() throws Exception {
        GatedDevice.shut();
        NodeServer ending = NodeServer.start(config().withDrain(Duration.ofSeconds(20)));
        try (TestClient caller = new TestClient(ending)) {
            CompletableFuture<Integer> running = CompletableFuture.supplyAsync(() ->
                    caller.execute(gated(false), Orders.byWord(null)).rows().size());
            Leaks.await(() -> GatedDevice.WAITING.get() > 0, "no stripe runs");
            Thread closer = Thread.ofVirtual().start(ending::close);
            Leaks.await(() -> !ending.parts().admission().accepting(), "the node does not drain");
            AquiferException refused =
                    assertThrows(AquiferException.class, () -> caller.execute(Orders.total(null), slices));
            assertEquals(ErrorCode.NODE_UNAVAILABLE, refused.code());
            GatedDevice.open();
            assertEquals(11, running.get(30, TimeUnit.SECONDS));
            closer.join();
        }
        Leaks.none(ending);
    }

    @Test
    void aNodeThatMustEndCancelsWhatDoesNot() {
        GatedDevice.shut();
        NodeServer ending = NodeServer.start(config().withDrain(Duration.ofMillis(200)));
        try (TestClient caller = new TestClient(ending)) {
            CompletableFuture<AquiferException> running = CompletableFuture.supplyAsync(() ->
                    assertThrows(AquiferException.class, () -> caller.execute(gated(false), Orders.byWord(null))));
            Leaks.await(() -> GatedDevice.WAITING.get() > 0, "no stripe runs");
            ending.close();
            assertTrue(
                    List.of(ErrorCode.NODE_UNAVAILABLE, ErrorCode.CANCELLED)
                            .contains(running.join().code()),
                    running.join().toString());
        }
        Leaks.none(ending);
    }
}
