package dev.aquifer.protocol.arrow;

import com.google.protobuf.ByteString;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import dev.aquifer.spi.type.Physical;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads an Arrow IPC stream piece by piece; a piece is one or more whole messages. Nothing in it is trusted: sizes, offsets and
 * types are checked before memory is taken. Not thread-safe.
 */
public final class ArrowDecoder {
    private static final int PREFIX_BYTES = 8;

    private final String source;
    private final @Nullable List<DataType> expected;
    private @Nullable List<Field> fields;
    private boolean ended;

    /**
     * A decoder.
     *
     * @param source who sends, for messages
     * @param expected the types the stream must have, or null for any
     */
    public ArrowDecoder(String source, @Nullable List<DataType> expected) {
        this.source = source;
        this.expected = expected == null ? null : List.copyOf(expected);
    }

    /** The stream's columns, or null before the schema has come. */
    public @Nullable List<Field> fields() {
        return fields;
    }

    /**
     * The batches in a piece, in order; none for the schema.
     *
     * @throws AquiferException INTERNAL where the piece is not well-formed or its types are not the expected ones
     */
    public List<Batch> decode(ByteString piece) {
        List<Batch> batches = new ArrayList<>();
        try {
            // Several parts are whole messages put together in this process; what came over a network is one.
            for (ByteBuffer part : piece.asReadOnlyByteBufferList()) {
                ByteBuffer in = part.order(ByteOrder.LITTLE_ENDIAN);
                while (in.hasRemaining()) {
                    message(in, batches);
                }
            }
        } catch (MalformedArrow e) {
            throw malformed(e.getMessage(), e);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            // What FlatBuffers throws for offsets that lead out of the buffer and for text that is not UTF-8.
            throw malformed("its metadata are damaged", e);
        }
        return batches;
    }

    private AquiferException malformed(@Nullable String what, Exception cause) {
        return new AquiferException(ErrorCode.INTERNAL, source + " sent malformed Arrow data: " + what, cause);
    }

    private void message(ByteBuffer in, List<Batch> batches) throws MalformedArrow {
        if (ended) {
            throw new MalformedArrow(in.remaining() + " bytes after the end of the stream");
        }
        if (in.remaining() < PREFIX_BYTES) {
            throw new MalformedArrow("a message is cut after " + in.remaining() + " bytes");
        }
        int continuation = in.getInt();
        int metadataBytes = in.getInt();
        if (continuation != -1) {
            throw new MalformedArrow("a message starts with " + Integer.toHexString(continuation));
        }
        if (metadataBytes == 0) {
            ended = true;
            return;
        }
        Message message = Message.getRootAsMessage(part(in, metadataBytes));
        ByteBuffer body = part(in, message.bodyLength());
        switch (message.headerType()) {
            case MessageHeader.Schema -> schema(message);
            case MessageHeader.RecordBatch -> batches.add(batch(message, body));
            default -> throw new MalformedArrow("a message of kind " + message.headerType());
        }
    }

    private static ByteBuffer part(ByteBuffer in, long bytes) throws MalformedArrow {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new MalformedArrow("a part of " + bytes + " bytes where " + in.remaining() + " are left");
        }
        ByteBuffer part = in.slice(in.position(), (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + (int) bytes);
        return part;
    }

    private void schema(Message message) throws MalformedArrow {
        if (fields != null) {
            throw new MalformedArrow("a second schema");
        }
        org.apache.arrow.flatbuf.Schema schema = new org.apache.arrow.flatbuf.Schema();
        if (message.header(schema) == null) {
            throw new MalformedArrow("a schema message without schema");
        }
        List<Field> read = SchemaReader.read(schema);
        List<DataType> types = read.stream().map(Field::type).toList();
        if (expected != null && !types.equals(expected)) {
            throw new MalformedArrow("columns of " + types + " where " + expected + " are expected");
        }
        fields = read;
    }

    private Batch batch(Message message, ByteBuffer body) throws MalformedArrow {
        List<Field> columns = fields;
        if (columns == null) {
            throw new MalformedArrow("a record batch before the schema");
        }
        RecordBatch batch = new RecordBatch();
        if (message.header(batch) == null) {
            throw new MalformedArrow("a record batch message without record batch");
        }
        if (batch.compression() != null) {
            throw new MalformedArrow("compressed buffers, which are not supported");
        }
        if (batch.length() < 0 || batch.length() > Integer.MAX_VALUE) {
            throw new MalformedArrow("a batch of " + batch.length() + " rows");
        }
        int rows = (int) batch.length();
        if (batch.nodesLength() != columns.size()) {
            throw new MalformedArrow(batch.nodesLength() + " columns where the schema has " + columns.size());
        }
        Parts parts = new Parts(batch, body);
        List<Column> read = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            FieldNode node = batch.nodes(i);
            DataType type = columns.get(i).type();
            if (node.length() != rows || node.nullCount() < 0 || node.nullCount() > rows) {
                throw new MalformedArrow("a column of " + node.length() + " rows, " + node.nullCount()
                        + " of them null, in a batch of " + rows);
            }
            ByteBuffer validity = parts.next();
            ByteBuffer values = parts.next();
            ByteBuffer data = type.physical() == Physical.BYTES ? parts.next() : values;
            read.add(ColumnReader.read(type, rows, node.nullCount(), validity, values, data));
        }
        return new Batch(rows, read);
    }

    /** The parts of a body, one after the other. */
    private static final class Parts {
        private final RecordBatch batch;
        private final ByteBuffer body;
        private int taken;

        Parts(RecordBatch batch, ByteBuffer body) {
            this.batch = batch;
            this.body = body;
        }

        ByteBuffer next() throws MalformedArrow {
            if (taken == batch.buffersLength()) {
                throw new MalformedArrow("only " + taken + " buffers");
            }
            Buffer buffer = batch.buffers(taken++);
            long offset = buffer.offset();
            long length = buffer.length();
            if (offset < 0 || length < 0 || offset > body.limit() || length > body.limit() - offset) {
                throw new MalformedArrow(
                        "a buffer of " + length + " bytes at " + offset + " in a body of " + body.limit());
            }
            return body.slice((int) offset, (int) length).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
