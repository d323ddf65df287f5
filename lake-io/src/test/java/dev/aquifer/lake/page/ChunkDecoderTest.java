package dev.aquifer.lake.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import dev.aquifer.lake.format.CompactWriter;
import dev.aquifer.lake.format.MalformedException;
import dev.aquifer.lake.format.PageHeader;
import dev.aquifer.lake.format.PhysicalType;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.type.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Pages as writers of today do not write them. */
class ChunkDecoderTest {
    private static final ColumnLayout INTS =
            new ColumnLayout(DataType.INT32, PhysicalType.INT32, 0, false, Conversion.NONE, 0, 0);
    private static final int ROWS = 1000;

    private static byte[] sevens() {
        ByteBuffer values = ByteBuffer.allocate(4 * ROWS).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ROWS; i++) {
            values.putInt(7);
        }
        return values.array();
    }

    private static long[] decode(byte[] stored, int length, boolean saysCompressed, Codec codec) {
        byte[] header = new CompactWriter()
                .i32(1, PageHeader.DATA_V2)
                .i32(2, length)
                .i32(3, stored.length)
                .struct(8)
                .i32(1, ROWS)
                .i32(2, 0)
                .i32(3, ROWS)
                .i32(4, PageReaders.PLAIN)
                .i32(5, 0)
                .i32(6, 0)
                .bool(7, saysCompressed)
                .end()
                .end()
                .bytes();
        int end = header.length + stored.length;
        byte[] chunk = Arrays.copyOf(header, end + Cursor.PADDING);
        System.arraycopy(stored, 0, chunk, header.length, stored.length);
        LongColumn column = (LongColumn) new ChunkDecoder(INTS, codec, ROWS, length + header.length, chunk, end).next();
        return column == null ? new long[0] : column.values();
    }

    /** Arrow before 3.0 wrote pages of the second version so. */
    @Test
    void aCompressedPageThatSaysItIsNot() {
        long[] expected = new long[ROWS];
        Arrays.fill(expected, 7);
        byte[] values = sevens();
        byte[] compressed = Zstd.compress(values);
        assertArrayEquals(expected, decode(values, values.length, false, Codec.ZSTD));
        assertArrayEquals(expected, decode(compressed, values.length, true, Codec.ZSTD));
        assertArrayEquals(expected, decode(compressed, values.length, false, Codec.ZSTD));
        assertThrows(MalformedException.class, () -> decode(compressed, values.length, false, Codec.UNCOMPRESSED));
    }
}
