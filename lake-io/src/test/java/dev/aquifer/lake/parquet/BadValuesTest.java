package dev.aquifer.lake.parquet;

import dev.aquifer.lake.object.Failures;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are sound and hold values that their types, or ours, cannot. */
class BadValuesTest {
    @TempDir
    Path folder;

    private void expect(ErrorCode code, String column, Consumer<Group> value, String... mentioned) throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("message t { optional " + column + "; }");
        for (boolean dictionary : new boolean[] {true, false}) {
            Path file = folder.resolve(column.hashCode() + "-" + dictionary);
            Files.deleteIfExists(file);
            try (ParquetWriter<Group> writer = new GroupBuilder(file, schema)
                    .withDictionaryEncoding(dictionary)
                    .build()) {
                writer.write(new SimpleGroup(schema));
                Group group = new SimpleGroup(schema);
                value.accept(group);
                writer.write(group);
            }
            MemoryStore store = new MemoryStore(Files.readAllBytes(file));
            ParquetFooter footer = ParquetFooter.read(store, store.object());
            String[] all = new String[mentioned.length + 3];
            System.arraycopy(mentioned, 0, all, 3, mentioned.length);
            all[0] = "column " + schema.getFieldName(0);
            all[1] = "row group 0";
            all[2] = MemoryStore.URI;
            Failures.expect(code, () -> ColumnChunkReader.read(store, footer, 0, schema.getFieldName(0)), all);
        }
    }

    @Test
    void timestampsThatDoNotFitMicroseconds() throws IOException {
        expect(
                ErrorCode.OUT_OF_RANGE,
                "int64 late (TIMESTAMP(MILLIS,true))",
                group -> group.add(0, Long.MAX_VALUE / 1000 + 1),
                Long.toString(Long.MAX_VALUE / 1000 + 1));
        byte[] int96 = new byte[12];
        int96[11] = 0x7f;
        expect(
                ErrorCode.OUT_OF_RANGE,
                "int96 old",
                group -> group.add(0, Binary.fromConstantByteArray(int96)),
                "INT96");
    }

    @Test
    void integersBeyondTheirWidth() throws IOException {
        expect(ErrorCode.CORRUPT_FILE, "int32 tiny (INTEGER(8,true))", group -> group.add(0, 128), "128", "127");
        expect(ErrorCode.CORRUPT_FILE, "int32 u (INTEGER(16,false))", group -> group.add(0, -1), "-1", "65535");
    }

    @Test
    void decimalsBeyondTheirPrecision() throws IOException {
        expect(ErrorCode.CORRUPT_FILE, "int32 d (DECIMAL(3,1))", group -> group.add(0, -1000), "-1000");
        Binary big = Binary.fromConstantByteArray(new byte[] {0, 0, 0, 0, 1, 0, 0, 0, 0});
        expect(
                ErrorCode.CORRUPT_FILE,
                "binary d (DECIMAL(9,1))",
                group -> group.add(0, big),
                "4294967296",
                "DECIMAL(9,1)");
        Binary wide = Binary.fromConstantByteArray(new byte[] {127, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        expect(ErrorCode.CORRUPT_FILE, "binary d (DECIMAL(38,1))", group -> group.add(0, wide), "DECIMAL(38,1)");
        Binary wider = Binary.fromConstantByteArray(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        expect(ErrorCode.CORRUPT_FILE, "binary d (DECIMAL(20,1))", group -> group.add(0, wider), "DECIMAL(20,1)");
        Binary narrow = Binary.fromConstantByteArray(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0});
        expect(
                ErrorCode.CORRUPT_FILE,
                "binary d (DECIMAL(18,1))",
                group -> group.add(0, narrow),
                "18446744073709551616");
    }

    @Test
    void bytesThatAreNotText() throws IOException {
        Binary latin = Binary.fromConstantByteArray(new byte[] {'a', (byte) 0xe9, 'b'});
        expect(ErrorCode.UNSUPPORTED_FILE, "binary b", group -> group.add(0, latin), "UTF-8");
        expect(ErrorCode.UNSUPPORTED_FILE, "binary b (STRING)", group -> group.add(0, latin), "UTF-8");
    }
}
