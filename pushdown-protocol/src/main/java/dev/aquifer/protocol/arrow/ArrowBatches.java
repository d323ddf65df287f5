package dev.aquifer.protocol.arrow;

import com.google.protobuf.ByteString;
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
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Batches as Arrow vectors and as whole IPC streams, columns as Arrow schema. */
public final class ArrowBatches {
    private ArrowBatches() {}

    /** The Arrow schema of columns; all are nullable. */
    public static Schema schema(List<Field> fields) {
        List<org.apache.arrow.vector.types.pojo.Field> out = new ArrayList<>(fields.size());
        for (Field field : fields) {
            out.add(new org.apache.arrow.vector.types.pojo.Field(
                    field.name(), FieldType.nullable(ArrowTypes.write(field.type())), null));
        }
        return new Schema(out);
    }

    /** @throws AquiferException UNSUPPORTED where a column has a type that Aquifer has not */
    public static List<Field> fields(Schema schema) {
        List<Field> fields = new ArrayList<>(schema.getFields().size());
        for (org.apache.arrow.vector.types.pojo.Field field : schema.getFields()) {
            if (field.getDictionary() != null) {
                throw new AquiferException(
                        ErrorCode.UNSUPPORTED, "the column " + field.getName() + " is encoded by a dictionary");
            }
            fields.add(new Field(field.getName(), ArrowTypes.read(field.getType())));
        }
        return fields;
    }

    /**
     * Replaces what the vectors hold by a batch. Their memory is the root's allocator's, and is given back when the root is
     * filled again, cleared or closed.
     *
     * @param root made from {@link #schema} of the batch's columns
     * @throws AquiferException MEMORY_EXCEEDED where the allocator has no room; the root is empty then
     */
    public static void fill(Batch batch, VectorSchemaRoot root) {
        fill(batch, 0, batch.rows(), root);
    }

    /** As {@link #fill(Batch, VectorSchemaRoot)}, with the rows {@code from} to {@code to} only. */
    public static void fill(Batch batch, int from, int to, VectorSchemaRoot root) {
        if (root.getFieldVectors().size() != batch.columns().size()) {
            throw new IllegalArgumentException(batch.columns().size() + " columns for "
                    + root.getFieldVectors().size() + " vectors");
        }
        root.clear();
        try {
            for (int i = 0; i < batch.columns().size(); i++) {
                fill(batch.column(i), from, to, root.getVector(i));
            }
        } catch (OutOfMemoryException e) {
            root.clear();
            throw new AquiferException(
                    ErrorCode.MEMORY_EXCEEDED, "no room for a batch of " + batch.memoryBytes() + " bytes", e);
        }
        root.setRowCount(to - from);
    }

    private static void fill(Column column, int from, int to, FieldVector vector) {
        int rows = to - from;
        DataType type = ArrowTypes.read(vector.getField().getType());
        if (!type.equals(column.type())) {
            throw new IllegalArgumentException("a column of " + column.type() + " for a vector of " + type);
        }
        long valueBytes = ColumnWriter.valueBytes(column, rows);
        if (column instanceof BytesColumn bytes && vector instanceof BaseVariableWidthVector text) {
            long dataBytes = ColumnWriter.dataBytes(column, from, to);
            text.allocateNew(dataBytes, rows);
            ColumnWriter.writeValues(column, from, to, view(text.getOffsetBuffer(), valueBytes));
            ColumnWriter.writeData(bytes, from, to, view(text.getDataBuffer(), dataBytes));
            text.setLastSet(rows - 1);
        } else {
            ((BaseFixedWidthVector) vector).allocateNew(rows);
            ColumnWriter.writeValues(column, from, to, view(vector.getDataBuffer(), valueBytes));
        }
        ByteBuffer validity = view(vector.getValidityBuffer(), Bits.bytes(rows));
        long[] valid = column.validity();
        if (valid == null) {
            Bits.writeOnes(rows, validity);
        } else {
            Bits.write(valid, from, to, validity);
        }
        vector.setValueCount(rows);
    }

    /**
     * The rows in vectors, copied.
     *
     * @throws AquiferException UNSUPPORTED for a type that Aquifer has not; INVALID_ARGUMENT where the vectors' content is
     *     impossible
     */
    public static Batch read(VectorSchemaRoot root) {
        List<Field> fields = fields(root.getSchema());
        int rows = root.getRowCount();
        List<Column> columns = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            FieldVector vector = root.getVector(i);
            if (vector.getValueCount() != rows) {
                throw new AquiferException(
                        ErrorCode.INVALID_ARGUMENT,
                        "a vector of " + vector.getValueCount() + " values in a batch of " + rows + " rows");
            }
            try {
                columns.add(read(vector, fields.get(i).type(), rows));
            } catch (MalformedArrow e) {
                throw new AquiferException(ErrorCode.INVALID_ARGUMENT, "malformed Arrow data: " + e.getMessage(), e);
            }
        }
        return new Batch(rows, columns);
    }

    private static Column read(FieldVector vector, DataType type, int rows) throws MalformedArrow {
        boolean text = vector instanceof BaseVariableWidthVector;
        ByteBuffer data = view(vector.getDataBuffer(), vector.getDataBuffer().capacity());
        ByteBuffer values =
                text ? view(vector.getOffsetBuffer(), vector.getOffsetBuffer().capacity()) : data;
        ByteBuffer validity =
                view(vector.getValidityBuffer(), vector.getValidityBuffer().capacity());
        return ColumnReader.read(type, rows, rows == 0 ? 0 : vector.getNullCount(), validity, values, data);
    }

    private static ByteBuffer view(ArrowBuf buffer, long bytes) {
        return buffer.nioBuffer(0, Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A whole IPC stream, end marker included. */
    public static ByteString toIpc(List<Field> fields, List<Batch> batches) {
        ArrowEncoder encoder = new ArrowEncoder(fields);
        List<ByteString> pieces = new ArrayList<>();
        pieces.add(encoder.schema());
        for (Batch batch : batches) {
            pieces.addAll(encoder.encode(batch));
        }
        pieces.add(ArrowEncoder.END);
        return ByteString.copyFrom(pieces);
    }
}
