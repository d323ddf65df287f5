package dev.aquifer.engine.server;

import dev.aquifer.engine.session.QueryResult;
import dev.aquifer.protocol.arrow.ArrowBatches;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.time.Duration;
import org.apache.arrow.flight.BackpressureStrategy;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Sends a result to a client no faster than it reads, and stops the query when the client has gone. */
final class ResultStreamer {
    /** Rows of a message at most: large enough to be quick, small enough for a client that reads a few. */
    private static final int MESSAGE_ROWS = 16_384;

    /** A client that reads nothing for so long holds the query's memory for nobody. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final BufferAllocator memory;

    ResultStreamer(BufferAllocator memory) {
        this.memory = memory;
    }

    /** Sends all rows; ends the call. Errors are the caller's to tell. */
    void stream(QueryResult result, Schema schema, ServerStreamListener listener) {
        Readiness client = new Readiness(result);
        client.register(listener);
        if (listener.isCancelled()) {
            throw new AquiferException(ErrorCode.CANCELLED, "the client cancelled the query");
        }
        try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, memory)) {
            listener.start(root);
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                for (int from = 0; from < batch.rows(); from += MESSAGE_ROWS) {
                    client.await();
                    ArrowBatches.fill(batch, from, Math.min(batch.rows(), from + MESSAGE_ROWS), root);
                    listener.putNext();
                }
            }
        }
        listener.completed();
    }

    /** Whether the client takes more, and whether it is still there. */
    private static final class Readiness extends BackpressureStrategy.CallbackBackpressureStrategy {
        private final QueryResult result;

        Readiness(QueryResult result) {
            this.result = result;
        }

        void await() {
            switch (waitForListener(PATIENCE.toMillis())) {
                case READY -> {}
                case CANCELLED -> throw new AquiferException(ErrorCode.CANCELLED, "the client cancelled the query");
                case TIMEOUT, OTHER ->
                    throw new AquiferException(
                            ErrorCode.DEADLINE_EXCEEDED,
                            "the client has read nothing for " + PATIENCE.toMinutes() + " minutes");
            }
        }

        /** Comes on a thread of the transport, also while the query computes. */
        @Override
        protected void cancelCallback() {
            result.cancel();
        }
    }
}
