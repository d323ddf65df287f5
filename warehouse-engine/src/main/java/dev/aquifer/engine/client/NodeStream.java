package dev.aquifer.engine.client;

import dev.aquifer.protocol.arrow.ArrowDecoder;
import dev.aquifer.protocol.proto.ExecuteRequest;
import dev.aquifer.protocol.proto.ExecuteResponse;
import dev.aquifer.protocol.proto.Statistics;
import dev.aquifer.protocol.status.Statuses;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.StopSignal;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a node sends for one fragment, a few messages ahead of the reader; the node waits when they are not read. Read by one
 * thread, closed by any.
 */
public final class NodeStream implements AutoCloseable {
    private static final int AHEAD = 4;
    private static final long LOOK_MILLIS = 50;

    /** A batch and the stripe that its rows come from; -1 for partial aggregates and top-n rows. */
    public record Part(long stripeOrdinal, Batch batch) {}

    private sealed interface Event {
        record Message(ExecuteResponse response) implements Event {}

        record Failed(Throwable cause) implements Event {}

        record Completed() implements Event {}
    }

    private final NodeChannel node;
    private final StopSignal stop;
    private final ArrowDecoder decoder;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final ArrayDeque<Part> ready = new ArrayDeque<>();
    private volatile @Nullable ClientCallStreamObserver<ExecuteRequest> call;
    private @Nullable Statistics statistics;
    private boolean done;
    private long wireBytes;

    NodeStream(NodeChannel node, List<DataType> types, StopSignal stop) {
        this.node = node;
        this.stop = stop;
        this.decoder = new ArrowDecoder("node " + node.address(), types);
    }

    ClientResponseObserver<ExecuteRequest, ExecuteResponse> observer() {
        return new ClientResponseObserver<>() {
            @Override
            public void beforeStart(ClientCallStreamObserver<ExecuteRequest> stream) {
                stream.disableAutoRequestWithInitial(AHEAD);
                call = stream;
            }

            @Override
            public void onNext(ExecuteResponse response) {
                events.add(new Event.Message(response));
            }

            @Override
            public void onError(Throwable cause) {
                events.add(new Event.Failed(cause));
            }

            @Override
            public void onCompleted() {
                events.add(new Event.Completed());
            }
        };
    }

    /** The node that sends. */
    public NodeChannel node() {
        return node;
    }

    /**
     * The next batch, or null after the last; waits for it.
     *
     * @throws AquiferException what the node answered; NODE_UNAVAILABLE where the connection broke; CANCELLED by the stop
     *     signal
     */
    public @Nullable Part next() {
        while (ready.isEmpty() && !done) {
            handle(take());
        }
        return ready.poll();
    }

    /** The stripe of the next batch without taking it, or null after the last. */
    public @Nullable Long peekOrdinal() {
        while (ready.isEmpty() && !done) {
            handle(take());
        }
        Part part = ready.peek();
        return part == null ? null : (Long) part.stripeOrdinal;
    }

    private Event take() {
        try {
            while (true) {
                stop.check();
                Event event = events.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (event != null) {
                    return event;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AquiferException(ErrorCode.CANCELLED, "interrupted while waiting for node " + node, e);
        }
    }

    private void handle(Event event) {
        switch (event) {
            case Event.Message message -> {
                ClientCallStreamObserver<ExecuteRequest> stream = call;
                if (stream != null) {
                    stream.request(1);
                }
                read(message.response());
            }
            case Event.Failed failed -> throw failure(failed.cause());
            case Event.Completed completed -> {
                done = true;
                if (statistics == null) {
                    throw new AquiferException(
                            ErrorCode.NODE_UNAVAILABLE, "node " + node + " ended its answer in the middle");
                }
            }
        }
    }

    private void read(ExecuteResponse response) {
        if (response.hasArrow()) {
            wireBytes += response.getArrow().getIpc().size();
            for (Batch batch : decoder.decode(response.getArrow().getIpc())) {
                if (batch.rows() > 0) {
                    ready.add(new Part(response.getArrow().getStripeOrdinal(), batch));
                }
            }
        }
        if (response.hasStatistics()) {
            statistics = response.getStatistics();
        }
    }

    private AquiferException failure(Throwable cause) {
        done = true;
        return switch (cause) {
            case StatusRuntimeException status -> node.failure(status);
            case StatusException status ->
                Statuses.fromStatus(status.getStatus(), status.getTrailers(), status, "node " + node);
            default -> node.failure(Status.fromThrowable(cause).asRuntimeException());
        };
    }

    /** What the node did; known once {@link #next()} has given null. */
    public @Nullable Statistics statistics() {
        return statistics;
    }

    /** Bytes of results that came so far. */
    public long wireBytes() {
        return wireBytes;
    }

    /** Ends the work on the node, if it has not ended. */
    @Override
    public void close() {
        ClientCallStreamObserver<ExecuteRequest> stream = call;
        if (stream != null && !done) {
            stream.cancel("the reader has gone", null);
        }
    }
}
