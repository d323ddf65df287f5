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
import java.util.Iterator;
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

    /** Metadata, then the body behind it in the same array: what is in it is known from the sizes alone. */
    private static byte[] message(Batch batch, int from, int to, int bodyBytes) {
        int rows = to - from;
        List<Column> columns = batch.columns();
        long[] nullCounts = new long[columns.size()];
        List<long[]> buffers = new ArrayList<>();
        long end = 0;
        for (int i = 0; i < nullCounts.length; i++) {
            Column column = columns.get(i);
            long[] validity = column.validity();
            nullCounts[i] = validity == null ? 0 : rows - Bits.count(validity, from, to);
            end = place(validity == null ? 0 : Bits.bytes(rows), end, buffers);
            end = place(ColumnWriter.valueBytes(column, rows), end, buffers);
            if (column instanceof BytesColumn) {
                end = place(ColumnWriter.dataBytes(column, from, to), end, buffers);
            }
        }
        ByteBuffer metadata = metadata(rows, nullCounts, buffers, bodyBytes);
        int head = (int) padded(8L + metadata.remaining());
        ByteBuffer out = ByteBuffer.allocate(head + bodyBytes).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(-1);
        out.putInt(head - 8);
        out.put(metadata);
        ByteBuffer body = out.slice(head, bodyBytes);
        Iterator<long[]> places = buffers.iterator();
        for (Column column : columns) {
            long[] validity = column.validity();
            ByteBuffer valid = part(body, places);
            if (validity != null) {
                Bits.write(validity, from, to, valid);
            }
            ColumnWriter.writeValues(column, from, to, part(body, places));
            if (column instanceof BytesColumn bytes) {
                ColumnWriter.writeData(bytes, from, to, part(body, places));
            }
        }
        return out.array();
    }

    /**
     * Adds a buffer.
     *
     * @param offset where it begins in the body
     * @return where the next one does
     */
    private static long place(long bytes, long offset, List<long[]> buffers) {
        buffers.add(new long[] {offset, bytes});
        return offset + padded(bytes);
    }

    /** The next buffer, of exactly its bytes. */
    private static ByteBuffer part(ByteBuffer body, Iterator<long[]> places) {
        long[] place = places.next();
        return body.slice((int) place[0], (int) place[1]).order(ByteOrder.LITTLE_ENDIAN);
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
}
