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
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batches as chunks of an Arrow stream. What comes of stripes next to each other goes out together, up to {@link #SEND_BYTES}: a message
 * wakes threads here and there, which takes longer than a stripe's few rows do. Used by one thread at a time.
 */
final class ResultStream {
    private static final int SEND_BYTES = 256 << 10;

    /** Arrow takes up to twice the memory of a batch (decimals), and one message should do for a chunk. */
    private static final long CHUNK_BYTES = ArrowEncoder.TARGET_BYTES / 2;

    private final ServerCallStreamObserver<ExecuteResponse> out;
    private final ArrowEncoder encoder;
    private final NodeMetrics metrics;
    private final List<ByteString> held = new ArrayList<>();
    private int heldBytes;
    private long heldRows;
    private long heldOrdinal;
    private long lastOrdinal;
    private long bytes;

    ResultStream(ServerCallStreamObserver<ExecuteResponse> out, ArrowEncoder encoder, NodeMetrics metrics) {
        this.out = out;
        this.encoder = encoder;
        this.metrics = metrics;
    }

    /** Begins the stream; what its columns are goes out together with the first rows, or with {@link #flush}. */
    void schema() {
        held.add(encoder.schema());
        heldBytes += encoder.schema().size();
        heldOrdinal = ResultSink.NO_ORDINAL;
    }

    void batch(long ordinal, Batch batch) {
        int rows = batch.rows();
        long pieces = Math.max(1, batch.memoryBytes() / CHUNK_BYTES + 1);
        // Whole words of bitmaps; a batch of long texts may have few rows in a piece.
        int step = (int) Math.max(64, (rows / pieces + 63) & ~63L);
        for (int from = 0; from < rows; from += step) {
            Batch piece = BatchSlice.of(batch, from, Math.min(rows, from + step));
            hold(ordinal, encoder.encode(piece), piece.rows());
        }
    }

    private void hold(long ordinal, List<ByteString> messages, long rows) {
        int size = messages.stream().mapToInt(ByteString::size).sum();
        // Between two stripes there may be one of another node, unless nothing is between their numbers.
        boolean follows = heldRows == 0 || ordinal == lastOrdinal || ordinal == lastOrdinal + 1;
        if (!follows || heldBytes + size > SEND_BYTES) {
            flush();
        }
        if (heldRows == 0) {
            heldOrdinal = ordinal;
        }
        lastOrdinal = ordinal;
        heldRows += rows;
        held.addAll(messages);
        heldBytes += size;
        if (heldBytes >= SEND_BYTES) {
            flush();
        }
    }

    /** Sends what is held. */
    void flush() {
        ArrowChunk chunk = take();
        if (chunk != null) {
            out.onNext(ExecuteResponse.newBuilder().setArrow(chunk).build());
        }
    }

    /** What is held, for a message that the caller sends; null where nothing is. */
    @Nullable
    ArrowChunk take() {
        if (held.isEmpty()) {
            return null;
        }
        ByteString ipc = ByteString.copyFrom(held);
        bytes += ipc.size();
        metrics.add(Counter.RETURNED_BYTES, ipc.size());
        ArrowChunk chunk = ArrowChunk.newBuilder()
                .setIpc(ipc)
                .setStripeOrdinal(heldOrdinal)
                .setRows(heldRows)
                .build();
        held.clear();
        heldBytes = 0;
        heldRows = 0;
        return chunk;
    }

    /** Bytes of Arrow sent or taken so far. */
    long bytes() {
        return bytes;
    }
}
