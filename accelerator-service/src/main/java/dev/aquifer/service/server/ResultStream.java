package dev.aquifer.service.server;

import com.google.protobuf.ByteString;
import dev.aquifer.protocol.arrow.ArrowEncoder;
import dev.aquifer.protocol.proto.ArrowChunk;
import dev.aquifer.protocol.proto.ExecuteResponse;
import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.schedule.BatchSlice;
import dev.aquifer.service.schedule.ResultSink;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;

/** Batches as chunks of an Arrow stream. Used by one thread at a time. */
final class ResultStream {
    /** Arrow takes up to twice the memory of a batch (decimals), and one message should do for a chunk. */
    private static final long CHUNK_BYTES = ArrowEncoder.TARGET_BYTES / 2;

    private final ServerCallStreamObserver<ExecuteResponse> out;
    private final ArrowEncoder encoder;
    private final NodeMetrics metrics;
    private long bytes;

    ResultStream(ServerCallStreamObserver<ExecuteResponse> out, Fragment fragment, NodeMetrics metrics) {
        this.out = out;
        this.encoder = new ArrowEncoder(fields(fragment));
        this.metrics = metrics;
    }

    private static List<Field> fields(Fragment fragment) {
        List<Field> fields = new ArrayList<>();
        for (DataType type : fragment.outputTypes()) {
            fields.add(new Field("c" + fields.size(), type));
        }
        return fields;
    }

    void schema() {
        send(encoder.schema(), ResultSink.NO_ORDINAL, 0);
    }

    void batch(long ordinal, Batch batch) {
        int rows = batch.rows();
        long pieces = Math.max(1, batch.memoryBytes() / CHUNK_BYTES + 1);
        // Whole words of bitmaps; a batch of long texts may have few rows in a piece.
        int step = (int) Math.max(64, (rows / pieces + 63) & ~63L);
        for (int from = 0; from < rows; from += step) {
            Batch piece = BatchSlice.of(batch, from, Math.min(rows, from + step));
            send(ByteString.copyFrom(encoder.encode(piece)), ordinal, piece.rows());
        }
    }

    private void send(ByteString ipc, long ordinal, long rows) {
        bytes += ipc.size();
        metrics.add(Counter.RETURNED_BYTES, ipc.size());
        out.onNext(ExecuteResponse.newBuilder()
                .setArrow(ArrowChunk.newBuilder()
                        .setIpc(ipc)
                        .setStripeOrdinal(ordinal)
                        .setRows(rows))
                .build());
    }

    /** Bytes of Arrow sent so far. */
    long bytes() {
        return bytes;
    }
}
