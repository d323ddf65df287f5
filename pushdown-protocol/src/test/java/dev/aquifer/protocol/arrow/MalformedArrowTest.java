package dev.aquifer.protocol.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;
import dev.aquifer.protocol.arrow.RandomBatches.Nulls;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is wrong with a stream is told; no stream harms its reader. */
final class MalformedArrowTest {
    private static String refused(ByteString stream, List<DataType> expected) {
        AquiferException error =
                assertThrows(AquiferException.class, () -> new ArrowDecoder("node 1", expected).decode(stream));
        assertEquals(ErrorCode.INTERNAL, error.code());
        String message = String.valueOf(error.getMessage());
        assertTrue(message.startsWith("node 1 sent malformed Arrow data: "), message);
        return message;
    }

    private static ByteString stream(List<Field> fields, Batch batch) {
        return ArrowBatches.toIpc(fields, List.of(batch));
    }

    @Test
    void typesMustBeTheExpectedOnes() {
        ByteString stream = ArrowBatches.toIpc(List.of(new Field("a", DataType.INT32)), List.of());
        String message = refused(stream, List.of(DataType.INT64));
        assertTrue(message.contains("[INT32] where [INT64]"), message);
    }

    @Test
    void batchesNeedASchemaAndOnlyOne() {
        List<Field> fields = List.of(new Field("a", DataType.INT64));
        ArrowEncoder encoder = new ArrowEncoder(fields);
        ByteString message = encoder.encode(one()).getFirst();
        refused(message, List.of(DataType.INT64));
        refused(encoder.schema().concat(encoder.schema()), List.of(DataType.INT64));
        refused(encoder.schema().concat(ArrowEncoder.END).concat(message), List.of(DataType.INT64));
    }

    private static Batch one() {
        return new Batch(1, List.of(new LongColumn(DataType.INT64, 1, new long[] {5}, null)));
    }

    @Test
    void decimalsMustFit() {
        DataType narrow = DataType.decimal(3, 1);
        for (long value : new long[] {1_000, -1_000, Long.MIN_VALUE, Long.MAX_VALUE}) {
            Batch batch = new Batch(1, List.of(new LongColumn(narrow, 1, new long[] {value}, null)));
            String message = refused(stream(List.of(new Field("d", narrow)), batch), List.of(narrow));
            assertTrue(message.contains(value + " does not fit DECIMAL(3,1)"), message);
        }
        DataType wide = DataType.decimal(38, 0);
        Batch batch =
                new Batch(1, List.of(new Int128Column(wide, 1, new long[] {0}, new long[] {Long.MIN_VALUE}, null)));
        refused(stream(List.of(new Field("d", wide)), batch), List.of(wide));
    }

    @Test
    void offsetsMustAscendWithinTheData() {
        for (int[] offsets : new int[][] {{0, 3, 2, 4}, {0, 1, 2, 400}, {-1, 1, 2, 4}, {0, -5, 2, 4}}) {
            // Written with good offsets of the same sizes, then changed in the bytes.
            Batch good = new Batch(
                    3, List.of(new BytesColumn(DataType.VARCHAR, 3, new byte[4], new int[] {0, 1, 2, 4}, null)));
            byte[] stream =
                    stream(List.of(new Field("t", DataType.VARCHAR)), good).toByteArray();
            byte[] pattern = bytes(new int[] {0, 1, 2, 4});
            int at = find(stream, pattern);
            System.arraycopy(bytes(offsets), 0, stream, at, pattern.length);
            refused(ByteString.copyFrom(stream), List.of(DataType.VARCHAR));
        }
    }

    private static byte[] bytes(int[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(buffer::putInt);
        return buffer.array();
    }

    private static int find(byte[] in, byte[] pattern) {
        for (int i = in.length - pattern.length; i >= 0; i--) {
            if (Arrays.equals(in, i, i + pattern.length, pattern, 0, pattern.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }

    /** A batch that says it has two thousand million rows, and has the bytes of a few: refused before memory is taken for it. */
    @Test
    void rowsThatAreNotThereTakeNoMemory() {
        int rows = 4_099;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (Field field : RandomBatches.FIELDS) {
            Batch all = RandomBatches.batch(new SplittableRandom(rows), rows, Nulls.NONE);
            Batch one = new Batch(rows, List.of(all.column(RandomBatches.FIELDS.indexOf(field))));
            byte[] sound = stream(List.of(field), one).toByteArray();
            for (int claimed : new int[] {Integer.MAX_VALUE, 500_000_000, rows + 64}) {
                ByteBuffer stream = ByteBuffer.wrap(sound.clone()).order(ByteOrder.LITTLE_ENDIAN);
                for (int at = 0; at + 8 <= sound.length; at += 8) {
                    if (stream.getLong(at) == rows) {
                        stream.putLong(at, claimed);
                    }
                }
                long before = threads.getCurrentThreadAllocatedBytes();
                refused(ByteString.copyFrom(stream.array()), List.of(field.type()));
                long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                assertTrue(allocated < 16 << 20, () -> field + " of " + claimed + " rows took " + allocated + " bytes");
            }
        }
    }

    /** Arrow lets null rows hold text; columns do not. */
    @Test
    void textOfNullRowsIsTakenOut() {
        long[] validity = {0b101};
        Batch batch = new Batch(
                3,
                List.of(new BytesColumn(
                        DataType.VARCHAR,
                        3,
                        "abcdef".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        new int[] {0, 1, 4, 6},
                        validity)));
        Batch read = new ArrowDecoder("node 1", null)
                .decode(stream(List.of(new Field("t", DataType.VARCHAR)), batch))
                .getFirst();

        BytesColumn column = (BytesColumn) read.column(0);
        assertEquals(0, column.length(1));
        assertEquals(Bytes.utf8("ef"), column.value(2));
        assertEquals(3, column.data().length);
    }

    /** Valid streams with bytes changed and cut: read or refused with a code, never anything else. */
    @Test
    void damagedStreamsAreReadOrRefused() {
        long seed = Long.getLong("aquifer.seed", System.nanoTime());
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            long each = seed + i;
            SplittableRandom random = new SplittableRandom(each);
            Batch batch = RandomBatches.batch(random, random.nextInt(40), Nulls.SOME);
            byte[] stream = stream(RandomBatches.FIELDS, batch).toByteArray();
            int changes = 1 + random.nextInt(4);
            for (int c = 0; c < changes; c++) {
                stream[random.nextInt(stream.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : -1);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(stream.length) : stream.length;
            try {
                new ArrowDecoder("node 1", null).decode(ByteString.copyFrom(stream, 0, length));
                read++;
            } catch (AquiferException e) {
                assertEquals(ErrorCode.INTERNAL, e.code());
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + each, e);
            }
        }
        assertTrue(read > 100 && refused > 100, "seed " + seed + ": " + read + " read, " + refused + " refused");
    }
}
