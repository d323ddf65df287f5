package dev.aquifer.engine.client;

import dev.aquifer.protocol.auth.BearerToken;
import dev.aquifer.protocol.proto.AcceleratorGrpc;
import dev.aquifer.protocol.proto.ExecuteRequest;
import dev.aquifer.protocol.proto.ExecuteResponse;
import dev.aquifer.protocol.proto.PlanRequest;
import dev.aquifer.protocol.proto.PlanResponse;
import dev.aquifer.protocol.status.Statuses;
import dev.aquifer.spi.device.StopSignal;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.ClientCalls;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One node, as its clients see it. Thread-safe. */
public final class NodeChannel implements AutoCloseable {
    /** A stripe of wide rows fits; a node does not send larger messages. */
    private static final int MAX_MESSAGE_BYTES = 256 << 20;
    /** Asking what would be done must not hang a query. */
    private static final long PLAN_SECONDS = 10;

    private final NodeAddress address;
    private final ManagedChannel channel;

    private NodeChannel(NodeAddress address, ManagedChannel channel) {
        this.address = address;
        this.channel = channel;
    }

    /** Messages go into their stream's queue on the transport's thread: another one would have to be woken for each of them. */
    static NodeChannel open(NodeAddress address) {
        ManagedChannel channel = switch (address) {
            case NodeAddress.InProcess local ->
                InProcessChannelBuilder.forName(local.name())
                        .directExecutor()
                        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                        .build();
            case NodeAddress.Network remote ->
                NettyChannelBuilder.forAddress(remote.host(), remote.port())
                        .directExecutor()
                        .usePlaintext()
                        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                        .keepAliveTime(60, TimeUnit.SECONDS)
                        .build();
        };
        return new NodeChannel(address, channel);
    }

    public NodeAddress address() {
        return address;
    }

    /**
     * What the node would do with a fragment.
     *
     * @throws AquiferException what the node answered, or NODE_UNAVAILABLE
     */
    public PlanResponse plan(NodeRequest request, String device, @Nullable String token) {
        PlanRequest message = PlanRequest.newBuilder()
                .setSubstraitPlan(request.plan())
                .setDevice(device)
                .build();
        try {
            return authenticated(AcceleratorGrpc.newBlockingStub(channel), token)
                    .withDeadlineAfter(PLAN_SECONDS, TimeUnit.SECONDS)
                    .plan(message);
        } catch (StatusRuntimeException e) {
            throw failure(e);
        }
    }

    /** Starts a fragment. Its rows come from the stream, which must be closed. */
    public NodeStream execute(
            NodeRequest request, String device, String queryId, @Nullable String token, StopSignal stop) {
        ExecuteRequest message = ExecuteRequest.newBuilder()
                .setSubstraitPlan(request.plan())
                .setDevice(device)
                .setQueryId(queryId)
                .build();
        CallOptions options =
                authenticated(AcceleratorGrpc.newStub(channel), token).getCallOptions();
        NodeStream stream = new NodeStream(this, request.outputTypes(), stop);
        ClientCall<ExecuteRequest, ExecuteResponse> call = channel.newCall(AcceleratorGrpc.getExecuteMethod(), options);
        ClientCalls.asyncServerStreamingCall(call, message, stream.observer());
        return stream;
    }

    private static <S extends AbstractStub<S>> S authenticated(S stub, @Nullable String token) {
        return token == null ? stub : stub.withCallCredentials(new BearerToken(token).credentials());
    }

    AquiferException failure(StatusRuntimeException e) {
        AquiferException failure = Statuses.fromStatus(e, "node " + address);
        if (failure.code() == ErrorCode.NODE_UNAVAILABLE && e.getCause() != null) {
            return new AquiferException(
                    ErrorCode.NODE_UNAVAILABLE,
                    "node " + address + " does not answer: " + rootMessage(e) + "; is it running?",
                    e);
        }
        return failure;
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
