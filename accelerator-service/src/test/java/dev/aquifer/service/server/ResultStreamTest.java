package dev.aquifer.service.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.protocol.arrow.ArrowDecoder;
import dev.aquifer.protocol.arrow.ArrowEncoder;
import dev.aquifer.protocol.proto.ExecuteResponse;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.schedule.ResultSink;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which rows share a message, and that all of them come, in order. */
class ResultStreamTest {
    private static final List<Field> FIELDS = List.of(new Field("a", DataType.INT64));

    private final Sent sent = new Sent();
    private long next;

    /** Keeps what is sent. */
    private static final class Sent extends ServerCallStreamObserver<ExecuteResponse> {
        final List<ExecuteResponse> messages = new ArrayList<>();

        @Override
        public void onNext(ExecuteResponse message) {
            messages.add(message);
        }

        @Override
        public void onError(Throwable cause) {
            throw new IllegalStateException(cause);
        }

        @Override
        public void onCompleted() {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {}

        @Override
        public void setCompression(String compression) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        List<Long> ordinals() {
            return messages.stream()
                    .map(message -> message.getArrow().getStripeOrdinal())
                    .toList();
        }

        /** The values, which come from the decoder of one stream. */
        List<Long> values() {
            ArrowDecoder decoder = new ArrowDecoder("the stream", List.of(DataType.INT64));
            List<Long> values = new ArrayList<>();
            for (ExecuteResponse message : messages) {
                int before = values.size();
                for (Batch batch : decoder.decode(message.getArrow().getIpc())) {
                    for (int row = 0; row < batch.rows(); row++) {
                        values.add((Long) batch.row(row).getFirst());
                    }
                }
                assertEquals(message.getArrow().getRows(), values.size() - before);
            }
            return values;
        }
    }

    /** A batch of the numbers that follow on those of the batch before. */
    private Batch batch(int rows) {
        long[] values = LongStream.range(next, next + rows).toArray();
        next += rows;
        return new Batch(rows, List.of(new LongColumn(DataType.INT64, rows, values, null)));
    }

    private void holdsAll() {
        assertEquals(LongStream.range(0, next).boxed().toList(), sent.values());
    }

    @Test
    void stripesNextToEachOtherShareAMessage() {
        try (NodeMetrics metrics = new NodeMetrics()) {
            ResultStream stream = new ResultStream(sent, new ArrowEncoder(FIELDS), metrics);
            stream.schema();
            for (long ordinal : new long[] {3, 4, 4, 5, 7, 8, 20}) {
                stream.batch(ordinal, batch(10));
            }
            assertEquals(List.of(3L, 7L), sent.ordinals());
            stream.flush();
            stream.flush();
            assertEquals(List.of(3L, 7L, 20L), sent.ordinals());
            holdsAll();
        }
    }

    @Test
    void withoutRowsThereIsStillASchema() {
        try (NodeMetrics metrics = new NodeMetrics()) {
            ResultStream stream = new ResultStream(sent, new ArrowEncoder(FIELDS), metrics);
            stream.schema();
            assertEquals(List.of(), sent.ordinals());
            stream.flush();
            assertEquals(List.of(ResultSink.NO_ORDINAL), sent.ordinals());
            holdsAll();
        }
    }

    @Test
    void manyRowsGoAtOnceAndAlone() {
        try (NodeMetrics metrics = new NodeMetrics()) {
            ResultStream stream = new ResultStream(sent, new ArrowEncoder(FIELDS), metrics);
            stream.schema();
            stream.batch(1, batch(100));
            stream.batch(2, batch(65_536));
            assertEquals(List.of(1L, 2L), sent.ordinals());
            stream.batch(3, batch(1));
            assertEquals(2, sent.messages.size());
            stream.flush();
            holdsAll();
            assertEquals(
                    stream.bytes(),
                    sent.messages.stream()
                            .mapToLong(message -> message.getArrow().getIpc().size())
                            .sum());
            assertTrue(stream.bytes() > 8 * next);
        }
    }
}
