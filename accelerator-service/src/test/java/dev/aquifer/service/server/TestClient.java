package dev.aquifer.service.server;

import dev.aquifer.protocol.arrow.ArrowDecoder;
import dev.aquifer.protocol.auth.BearerToken;
import dev.aquifer.protocol.proto.AcceleratorGrpc;
import dev.aquifer.protocol.proto.CacheRequest;
import dev.aquifer.protocol.proto.CacheResponse;
import dev.aquifer.protocol.proto.ExecuteRequest;
import dev.aquifer.protocol.proto.ExecuteResponse;
import dev.aquifer.protocol.proto.PlanRequest;
import dev.aquifer.protocol.proto.PlanResponse;
import dev.aquifer.protocol.proto.Statistics;
import dev.aquifer.protocol.proto.StatusRequest;
import dev.aquifer.protocol.proto.StatusResponse;
import dev.aquifer.protocol.status.Statuses;
import dev.aquifer.protocol.substrait.FragmentRequest;
import dev.aquifer.protocol.substrait.SubstraitWriter;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.source.Slice;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of a node, over the wire. */
final class TestClient implements AutoCloseable {
    private final ManagedChannel channel;
    private final AcceleratorGrpc.AcceleratorBlockingStub stub;

    /** What an execution gave. */
    record Answer(List<Batch> batches, List<Long> ordinals, Statistics statistics) {
        List<List<@Nullable Object>> rows() {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (Batch batch : batches) {
                for (int row = 0; row < batch.rows(); row++) {
                    rows.add(batch.row(row));
                }
            }
            return rows;
        }
    }

    TestClient(NodeServer node, @Nullable String token) {
        this(
                node.port() < 0
                        ? InProcessChannelBuilder.forName(node.address()).build()
                        : NettyChannelBuilder.forAddress("127.0.0.1", node.port())
                                .usePlaintext()
                                .maxInboundMessageSize(80 << 20)
                                .build(),
                token);
    }

    TestClient(NodeServer node) {
        this(node, null);
    }

    TestClient(ManagedChannel channel, @Nullable String token) {
        this.channel = channel;
        AcceleratorGrpc.AcceleratorBlockingStub plain = AcceleratorGrpc.newBlockingStub(channel);
        this.stub = token == null ? plain : plain.withCallCredentials(new BearerToken(token).credentials());
    }

    ManagedChannel channel() {
        return channel;
    }

    AcceleratorGrpc.AcceleratorBlockingStub stub() {
        return stub;
    }

    static ExecuteRequest request(Fragment fragment, List<Slice> slices) {
        return ExecuteRequest.newBuilder()
                .setSubstraitPlan(SubstraitWriter.toBytes(new FragmentRequest(fragment, slices)))
                .build();
    }

    Answer execute(Fragment fragment, List<Slice> slices) {
        return execute(request(fragment, slices), fragment);
    }

    Answer execute(ExecuteRequest request, Fragment fragment) {
        return collect(() -> stub.execute(request), fragment);
    }

    /** Opens the stream of a call. */
    interface Opened {
        Iterator<ExecuteResponse> open();
    }

    static Answer collect(Opened call, Fragment fragment) {
        ArrowDecoder decoder = new ArrowDecoder("the node", fragment.outputTypes());
        List<Batch> batches = new ArrayList<>();
        List<Long> ordinals = new ArrayList<>();
        Statistics statistics = null;
        try {
            Iterator<ExecuteResponse> responses = call.open();
            while (responses.hasNext()) {
                ExecuteResponse response = responses.next();
                if (response.hasStatistics()) {
                    statistics = response.getStatistics();
                }
                if (!response.hasArrow()) {
                    continue;
                }
                int rows = 0;
                for (Batch batch : decoder.decode(response.getArrow().getIpc())) {
                    batches.add(batch);
                    ordinals.add(response.getArrow().getStripeOrdinal());
                    rows += batch.rows();
                }
                if (rows != response.getArrow().getRows()) {
                    throw new AssertionError(
                            rows + " rows in a chunk of " + response.getArrow().getRows());
                }
            }
        } catch (StatusRuntimeException e) {
            throw Statuses.fromStatus(e, "the node");
        }
        if (statistics == null) {
            throw new AquiferException(ErrorCode.INTERNAL, "the stream ended without statistics");
        }
        return new Answer(batches, ordinals, statistics);
    }

    PlanResponse plan(Fragment fragment, List<Slice> slices) {
        try {
            return stub.plan(PlanRequest.newBuilder()
                    .setSubstraitPlan(SubstraitWriter.toBytes(new FragmentRequest(fragment, slices)))
                    .build());
        } catch (StatusRuntimeException e) {
            throw Statuses.fromStatus(e, "the node");
        }
    }

    CacheResponse cache(CacheRequest request) {
        try {
            return stub.cache(request);
        } catch (StatusRuntimeException e) {
            throw Statuses.fromStatus(e, "the node");
        }
    }

    StatusResponse status() {
        return stub.status(StatusRequest.getDefaultInstance());
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            if (!channel.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the channel does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
