package dev.aquifer.service.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.protocol.proto.AcceleratorGrpc;
import dev.aquifer.protocol.proto.ExecuteResponse;
import dev.aquifer.service.metrics.Counter;
import dev.aquifer.spi.source.Slice;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many ask for a chunk, it is fetched once. */
final class SingleFlightTest {
    private static final int CALLERS = 8;

    @TempDir
    Path folder;

    private TestLake lake;
    private NodeServer node;
    private TestClient client;
    private List<Slice> slices;

    @BeforeEach
    void start() {
        lake = new TestLake();
        Path file = folder.resolve("orders.parquet");
        lake.orders(file, 200_000, 61_440);
        slices = lake.slices(file);
        node = NodeServer.start(NodeConfig.defaults().withThreads(2, 2));
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

    @Test
    void manyCallersShareOneFetch() throws Exception {
        CountDownLatch together = new CountDownLatch(CALLERS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                answers.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return client.execute(Orders.byWord(null), slices).rows().size();
                }));
            }
            for (Future<Integer> answer : answers) {
                assertEquals(11, answer.get());
            }
        }
        assertEquals(5L * slices.size(), node.metrics().value(Counter.CHUNKS_HYDRATED));
        assertTrue(node.metrics().value(Counter.CHUNK_WAITS) > 0);
    }

    @Test
    void aCallerThatLeavesTakesNothingFromTheOthers() throws Exception {
        List<Context.CancellableContext> leaving = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Context.CancellableContext context = Context.current().withCancellation();
            leaving.add(context);
            context.run(() -> AcceleratorGrpc.newStub(client.channel())
                    .execute(TestClient.request(Orders.byWord(null), slices), ignoring()));
        }
        CompletableFuture<Integer> staying = CompletableFuture.supplyAsync(
                () -> client.execute(Orders.byWord(null), slices).rows().size());
        leaving.forEach(context -> context.cancel(null));
        assertEquals(11, staying.get());
        // A leaver that was ahead of the one who stays, and left before it came, takes a fetch with it: that one is
        // begun anew.
        long hydrated = node.metrics().value(Counter.CHUNKS_HYDRATED);
        long abandoned = node.metrics().value(Counter.CHUNKS_ABANDONED);
        assertTrue(
                hydrated - abandoned <= 5L * slices.size(), () -> hydrated + " fetched, " + abandoned + " abandoned");
    }

    private static StreamObserver<ExecuteResponse> ignoring() {
        return new StreamObserver<>() {
            @Override
            public void onNext(ExecuteResponse response) {}

            @Override
            public void onError(Throwable thrown) {}

            @Override
            public void onCompleted() {}
        };
    }
}
