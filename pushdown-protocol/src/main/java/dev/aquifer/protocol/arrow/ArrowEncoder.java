package dev.aquifer.protocol.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Writes an Arrow IPC stream piece by piece: {@link #schema()} first, then what {@link #encode} gives, at last, where the
 * transport does not tell the end itself, {@link #END}. Thread-safe.
 */
public final class ArrowEncoder {
    /** The end marker of a stream. */
    public static final ByteString END = ByteString.copyFrom(new byte[] {-1, -1, -1, -1, 0, 0, 0, 0});

    /** Bytes after which a batch is cut into several messages. */
    public static final int TARGET_BYTES = 4 << 20;

    /** The most bytes of one message; a single row that needs more cannot travel. */
    public static final int MAX_BYTES = 64 << 20;

    private static final int ALIGNMENT = 8;

    private final List<DataType> types;
    private final ByteString schema;

    public ArrowEncoder(List<Field> fields) {
        types = fields.stream().map(Field::type).toList();
        schema = ByteString.copyFrom(ArrowBatches.schema(fields).serializeAsMessage());
    }

    /** The schema message. */
    public ByteString schema() {
        return schema;
    }

    /**
     * A batch as record batch messages, in order; several where it is large, none where it has no rows.
     *
     * @throws AquiferException MEMORY_EXCEEDED where one row takes more than {@link #MAX_BYTES}
     */
    public List<ByteString> encode(Batch batch) {
        if (!batch.types().equals(types)) {
            throw new IllegalArgumentException("a batch of " + batch.types() + " in a stream of " + types);
        }
        List<ByteString> messages = new ArrayList<>();
        if (batch.rows() > 0) {
            encode(batch, 0, batch.rows(), messages);
        }
        return messages;
    }

    private static void encode(Batch batch, int from, int to, List<ByteString> messages) {
        long bytes = bodyBytes(batch, from, to);
        if (bytes > TARGET_BYTES && to - from > 1) {
            int middle = (from + to) >>> 1;
            encode(batch, from, middle, messages);
            encode(batch, middle, to, messages);
        } else if (bytes > MAX_BYTES) {
            throw new AquiferException(
                    ErrorCode.MEMORY_EXCEEDED,
                    "one row of the result takes " + bytes + " bytes; a message holds " + MAX_BYTES);
        } else {
            messages.add(UnsafeByteOperations.unsafeWrap(message(batch, from, to, (int) bytes)));
        }
    }

    private static long bodyBytes(Batch batch, int from, int to) {
        long bytes = 0;
        for (Column column : batch.columns()) {
            bytes += column.validity() == null ? 0 : padded(Bits.bytes(to - from));
            bytes += padded(ColumnWriter.valueBytes(column, to - from));
            bytes += padded(ColumnWriter.dataBytes(column, from, to));
        }
        return bytes;
    }

    private static long padded(long bytes) {
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    private static byte[] message(Batch batch, int from, int to, int bodyBytes) {
        int rows = to - from;
        ByteBuffer body = ByteBuffer.allocate(bodyBytes).order(ByteOrder.LITTLE_ENDIAN);
        List<long[]> buffers = new ArrayList<>();
        long[] nullCounts = new long[batch.columns().size()];
        for (int i = 0; i < nullCounts.length; i++) {
            Column column = batch.column(i);
            long[] validity = column.validity();
            if (validity == null) {
                buffers.add(new long[] {body.position(), 0});
            } else {
                ByteBuffer out = next(body, Bits.bytes(rows), buffers);
                Bits.write(validity, from, to, out);
                nullCounts[i] = nulls(out, rows);
            }
            ColumnWriter.writeValues(column, from, to, next(body, ColumnWriter.valueBytes(column, rows), buffers));
            if (column instanceof BytesColumn bytes) {
                ColumnWriter.writeData(bytes, from, to, next(body, ColumnWriter.dataBytes(column, from, to), buffers));
            }
        }
        return framed(metadata(rows, nullCounts, buffers, bodyBytes), body.array());
    }

    /** The next part of the body, of exactly so many bytes. */
    private static ByteBuffer next(ByteBuffer body, long bytes, List<long[]> buffers) {
        buffers.add(new long[] {body.position(), bytes});
        ByteBuffer part = body.slice(body.position(), (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        body.position(body.position() + (int) padded(bytes));
        return part;
    }

    private static long nulls(ByteBuffer bits, int rows) {
        long valid = 0;
        for (int i = 0; i < bits.limit(); i++) {
            valid += Integer.bitCount(Byte.toUnsignedInt(bits.get(i)));
        }
        return rows - valid;
    }

    private static ByteBuffer metadata(int rows, long[] nullCounts, List<long[]> buffers, long bodyBytes) {
        FlatBufferBuilder builder = new FlatBufferBuilder(256 + 48 * nullCounts.length);
        RecordBatch.startNodesVector(builder, nullCounts.length);
        for (int i = nullCounts.length - 1; i >= 0; i--) {
            FieldNode.createFieldNode(builder, rows, nullCounts[i]);
        }
        int nodes = builder.endVector();
        RecordBatch.startBuffersVector(builder, buffers.size());
        for (int i = buffers.size() - 1; i >= 0; i--) {
            Buffer.createBuffer(builder, buffers.get(i)[0], buffers.get(i)[1]);
        }
        int parts = builder.endVector();
        RecordBatch.startRecordBatch(builder);
        RecordBatch.addLength(builder, rows);
        RecordBatch.addNodes(builder, nodes);
        RecordBatch.addBuffers(builder, parts);
        int batch = RecordBatch.endRecordBatch(builder);
        Message.startMessage(builder);
        Message.addVersion(builder, MetadataVersion.V5);
        Message.addHeaderType(builder, MessageHeader.RecordBatch);
        Message.addHeader(builder, batch);
        Message.addBodyLength(builder, bodyBytes);
        builder.finish(Message.endMessage(builder));
        return builder.dataBuffer();
    }

    private static byte[] framed(ByteBuffer metadata, byte[] body) {
        int metadataBytes = metadata.remaining();
        int head = (int) padded(8L + metadataBytes);
        ByteBuffer out = ByteBuffer.allocate(head + body.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(-1);
        out.putInt(head - 8);
        out.put(metadata);
        out.put(head, body);
        return out.array();
    }
}
