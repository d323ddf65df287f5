package dev.aquifer.protocol.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.aquifer.protocol.arrow.RandomBatches.Nulls;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches to Arrow and back, by our own reader and writer and by those of Arrow. */
final class ArrowRoundTripTest {
    private static final List<DataType> TYPES =
            RandomBatches.FIELDS.stream().map(Field::type).toList();

    static Stream<Arguments> batches() {
        List<Arguments> all = new ArrayList<>();
        for (int rows : new int[] {0, 1, 7, 8, 9, 63, 64, 65, 1023, 1024, 1025, 65_535, 65_536}) {
            for (Nulls nulls : Nulls.values()) {
                all.add(Arguments.of(rows, nulls));
            }
        }
        return all.stream();
    }

    private static Batch random(int rows, Nulls nulls) {
        return RandomBatches.batch(
                new SplittableRandom(31L * rows + nulls.name().length()), rows, nulls);
    }

    private static List<Batch> decode(ByteString stream) {
        return new ArrowDecoder("the test", TYPES).decode(stream);
    }

    private static List<List<Object>> rows(List<Batch> batches) {
        List<List<Object>> rows = new ArrayList<>();
        batches.forEach(batch -> rows.addAll(RandomBatches.rows(batch)));
        return rows;
    }

    @ParameterizedTest
    @MethodSource("batches")
    void ipcComesBack(int rows, Nulls nulls) {
        Batch batch = random(rows, nulls);

        List<Batch> read = decode(ArrowBatches.toIpc(RandomBatches.FIELDS, List.of(batch)));

        assertEquals(RandomBatches.rows(batch), rows(read));
        for (Batch part : read) {
            assertEquals(TYPES, part.types());
        }
    }

    @ParameterizedTest
    @MethodSource("batches")
    void arrowReadsOurStreams(int rows, Nulls nulls) throws IOException {
        Batch batch = random(rows, nulls);
        ByteString stream = ArrowBatches.toIpc(RandomBatches.FIELDS, List.of(batch));
        List<List<Object>> read = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(stream.newInput(), allocator)) {
            assertEquals(
                    RandomBatches.FIELDS,
                    ArrowBatches.fields(reader.getVectorSchemaRoot().getSchema()));
            while (reader.loadNextBatch()) {
                read.addAll(RandomBatches.rows(ArrowBatches.read(reader.getVectorSchemaRoot())));
            }
        }
        assertEquals(RandomBatches.rows(batch), read);
    }

    @ParameterizedTest
    @MethodSource("batches")
    void weReadArrowsStreams(int rows, Nulls nulls) throws IOException {
        Batch batch = random(rows, nulls);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(ArrowBatches.schema(RandomBatches.FIELDS), allocator);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(out))) {
            ArrowBatches.fill(batch, root);
            writer.writeBatch();
            writer.end();
        }

        assertEquals(RandomBatches.rows(batch), rows(decode(ByteString.copyFrom(out.toByteArray()))));
    }

    /** The same root again and again, as a server streams: smaller and larger, and nothing leaks. */
    @Test
    void vectorsAreFilledAgain() {
        try (BufferAllocator allocator = new RootAllocator()) {
            try (VectorSchemaRoot root =
                    VectorSchemaRoot.create(ArrowBatches.schema(RandomBatches.FIELDS), allocator)) {
                for (int rows : new int[] {1_000, 10, 0, 65, 3_000}) {
                    Batch batch = random(rows, Nulls.SOME);
                    ArrowBatches.fill(batch, root);
                    assertEquals(RandomBatches.rows(batch), RandomBatches.rows(ArrowBatches.read(root)));
                }
            }
            assertEquals(0, allocator.getAllocatedMemory());
        }
    }

    /** Ranges that start in the middle of a word of the bitmaps too. */
    @Test
    void vectorsAreFilledByRange() {
        Batch batch = random(1_025, Nulls.SOME);
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(ArrowBatches.schema(RandomBatches.FIELDS), allocator)) {
            for (int[] range : new int[][] {{0, 64}, {64, 128}, {3, 70}, {1_000, 1_025}, {1_023, 1_024}, {7, 7}}) {
                ArrowBatches.fill(batch, range[0], range[1], root);
                assertEquals(
                        RandomBatches.rows(batch).subList(range[0], range[1]),
                        RandomBatches.rows(ArrowBatches.read(root)));
            }
        }
    }

    @Test
    void vectorsHoldWhatArrowSays() {
        Batch batch = new Batch(
                2,
                List.of(
                        ColumnBuilder.of(DataType.BOOLEAN, List.of(true, false)),
                        ColumnBuilder.of(DataType.decimal(5, 2), List.of(-12345L, 7L)),
                        ColumnBuilder.of(DataType.DATE, List.of(-1L, 18_000L))));
        List<Field> fields = List.of(
                new Field("b", DataType.BOOLEAN),
                new Field("d", DataType.decimal(5, 2)),
                new Field("t", DataType.DATE));
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(ArrowBatches.schema(fields), allocator)) {
            ArrowBatches.fill(batch, root);

            assertTrue(((BitVector) root.getVector("b")).getObject(0));
            assertFalse(((BitVector) root.getVector("b")).getObject(1));
            assertEquals(
                    "-123.45",
                    ((DecimalVector) root.getVector("d")).getObject(0).toPlainString());
            assertEquals(-1, ((DateDayVector) root.getVector("t")).get(0));
        }
    }

    @Test
    void noRoomIsAnErrorAndLeavesNothing() {
        Batch batch = random(65_536, Nulls.NONE);
        try (BufferAllocator allocator = new RootAllocator(1 << 20)) {
            try (VectorSchemaRoot root =
                    VectorSchemaRoot.create(ArrowBatches.schema(RandomBatches.FIELDS), allocator)) {
                AquiferException error = assertThrows(AquiferException.class, () -> ArrowBatches.fill(batch, root));
                assertEquals(ErrorCode.MEMORY_EXCEEDED, error.code());
                assertEquals(0, allocator.getAllocatedMemory());
            }
        }
    }

    @Test
    void rowsWithoutColumnsTravel() {
        ByteString stream = ArrowBatches.toIpc(List.of(), List.of(new Batch(77, List.of())));

        assertEquals(
                77,
                new ArrowDecoder("the test", List.of())
                        .decode(stream)
                        .getFirst()
                        .rows());
    }

    /** Pieces as the protocol sends them: a schema, then a piece for each batch; large batches in several messages. */
    @Test
    void largeBatchesAreCut() {
        String text = "x".repeat(1_000);
        ColumnBuilder builder = new ColumnBuilder(DataType.VARCHAR, 10);
        for (int i = 0; i < 20_001; i++) {
            builder.append(i % 3 == 0 ? null : Bytes.utf8(text + i));
        }
        Batch batch = new Batch(20_001, List.of(builder.build()));
        ArrowEncoder encoder = new ArrowEncoder(List.of(new Field("t", DataType.VARCHAR)));
        ArrowDecoder decoder = new ArrowDecoder("the test", null);

        List<ByteString> messages = encoder.encode(batch);

        assertTrue(messages.size() >= 4, messages.size() + " messages");
        assertEquals(List.of(), decoder.decode(encoder.schema()));
        List<Batch> read = new ArrayList<>();
        for (ByteString message : messages) {
            assertTrue(message.size() <= ArrowEncoder.TARGET_BYTES + 1_024, message.size() + " bytes");
            read.addAll(decoder.decode(message));
        }
        assertEquals(RandomBatches.rows(batch), rows(read));
        assertEquals(List.of(new Field("t", DataType.VARCHAR)), decoder.fields());
    }

    @Test
    void aRowThatIsTooLargeIsRefused() {
        byte[] large = new byte[ArrowEncoder.MAX_BYTES];
        Column column = ColumnBuilder.of(DataType.VARCHAR, List.of(Bytes.of(large), Bytes.EMPTY));
        ArrowEncoder encoder = new ArrowEncoder(List.of(new Field("t", DataType.VARCHAR)));

        AquiferException error =
                assertThrows(AquiferException.class, () -> encoder.encode(new Batch(2, List.of(column))));

        assertEquals(ErrorCode.MEMORY_EXCEEDED, error.code());
    }

    /** Columns may share longer arrays: offsets that do not start at 0, values past the end. */
    @Test
    void columnsMayBePartsOfLargerArrays() {
        byte[] data = "abcdefgh".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Column column = new BytesColumn(DataType.VARCHAR, 2, data, new int[] {2, 3, 6, 8}, null);
        Batch batch = new Batch(2, List.of(column));
        List<Field> fields = List.of(new Field("t", DataType.VARCHAR));

        assertEquals(
                List.of(List.of(Bytes.utf8("c")), List.of(Bytes.utf8("def"))),
                rows(new ArrowDecoder("the test", null).decode(ArrowBatches.toIpc(fields, List.of(batch)))));
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(ArrowBatches.schema(fields), allocator)) {
            ArrowBatches.fill(batch, root);
            assertEquals(
                    List.of(List.of(Bytes.utf8("c")), List.of(Bytes.utf8("def"))),
                    RandomBatches.rows(ArrowBatches.read(root)));
        }
    }
}
