package dev.aquifer.service.cache;

import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A record of a segment file, little-endian: header, key, then the block's bytes.
 *
 * <pre>
 *   0  int32  magic "AQR1"          16  int32  length of the block before compression
 *   4  int32  CRC-32C of the rest   20  int8   codec: 0 as it is, 1 zstd
 *             of the header and     21  zero
 *             of the key            24  int32  CRC-32C of the stored bytes
 *   8  int32  length of the key     28  int32  zero
 *  12  int32  length of the stored  32  int64  number of the segment
 *             bytes                 40  key
 * </pre>
 *
 * @param chunkRows rows of the row group
 */
record SsdRecord(
        BlockKey key, long chunkRows, int storedLength, int rawLength, byte codec, int storedChecksum, int keyLength) {
    static final int MAGIC = 0x31525141;
    static final int HEADER_BYTES = 40;
    static final int MAX_KEY_BYTES = 16 << 10;
    static final byte CODEC_NONE = 0;
    static final byte CODEC_ZSTD = 1;

    static final int MAGIC_OFFSET = 0;
    static final int CHECKSUM_OFFSET = 4;
    static final int KEY_LENGTH_OFFSET = 8;
    static final int STORED_LENGTH_OFFSET = 12;
    static final int RAW_LENGTH_OFFSET = 16;
    static final int CODEC_OFFSET = 20;
    static final int STORED_CHECKSUM_OFFSET = 24;
    static final int SEGMENT_OFFSET = 32;

    /** Bytes of the whole record. */
    long length() {
        return (long) HEADER_BYTES + keyLength + storedLength;
    }

    /** Header and key, to be {@link #seal}ed for a segment; null for a key too long to keep. */
    static @Nullable ByteBuffer head(
            BlockKey key, long chunkRows, int storedLength, int rawLength, byte codec, int storedChecksum) {
        ChunkKey chunk = key.chunk();
        ObjectVersion object = chunk.object();
        byte[][] texts = {utf8(chunk.tenant()), utf8(object.uri()), utf8(object.version()), utf8(chunk.column())};
        long keyLength = 8 + 8 + 4 + 4 + 3;
        for (byte[] text : texts) {
            keyLength += 4 + text.length;
        }
        if (keyLength > MAX_KEY_BYTES) {
            return null;
        }
        ByteBuffer head = little(ByteBuffer.allocate(HEADER_BYTES + (int) keyLength));
        head.position(HEADER_BYTES);
        for (byte[] text : texts) {
            head.putInt(text.length).put(text);
        }
        head.putLong(object.size()).putLong(chunkRows).putInt(chunk.rowGroup()).putInt(key.stripe());
        DataType type = chunk.type();
        head.put((byte) type.kind().code()).put((byte) type.precision()).put((byte) type.scale());
        head.putInt(MAGIC_OFFSET, MAGIC);
        head.putInt(KEY_LENGTH_OFFSET, (int) keyLength);
        head.putInt(STORED_LENGTH_OFFSET, storedLength);
        head.putInt(RAW_LENGTH_OFFSET, rawLength);
        head.put(CODEC_OFFSET, codec);
        head.putInt(STORED_CHECKSUM_OFFSET, storedChecksum);
        return head.flip();
    }

    /** Makes header and key those of a segment, as they are written. */
    static void seal(ByteBuffer head, long segment) {
        head.putLong(SEGMENT_OFFSET, segment);
        head.putInt(CHECKSUM_OFFSET, checksum(head, head.limit()));
    }

    /** Length of the key by a header that may be damaged, or -1 where it cannot be one. */
    static int keyLength(ByteBuffer header) {
        int length = header.getInt(KEY_LENGTH_OFFSET);
        return header.getInt(MAGIC_OFFSET) == MAGIC && length > 0 && length <= MAX_KEY_BYTES ? length : -1;
    }

    /** Reads header and key; null if they are not those that were written to this segment. */
    static @Nullable SsdRecord parse(ByteBuffer head, int keyLength, long segment) {
        if (head.getInt(CHECKSUM_OFFSET) != checksum(head, HEADER_BYTES + keyLength)
                || head.getLong(SEGMENT_OFFSET) != segment) {
            return null;
        }
        try {
            head.position(HEADER_BYTES);
            String tenant = text(head);
            String uri = text(head);
            String version = text(head);
            String column = text(head);
            long size = head.getLong();
            long chunkRows = head.getLong();
            int rowGroup = head.getInt();
            int stripe = head.getInt();
            TypeKind kind = TypeKind.ofCode(head.get());
            if (kind == null) {
                return null;
            }
            DataType type = new DataType(kind, head.get(), head.get());
            ChunkKey chunk = new ChunkKey(tenant, new ObjectVersion(uri, version, size), rowGroup, column, type);
            return new SsdRecord(
                    chunk.stripe(stripe),
                    chunkRows,
                    head.getInt(STORED_LENGTH_OFFSET),
                    head.getInt(RAW_LENGTH_OFFSET),
                    head.get(CODEC_OFFSET),
                    head.getInt(STORED_CHECKSUM_OFFSET),
                    keyLength);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            // A key of a version that knew other lengths or types.
            return null;
        }
    }

    private static String text(ByteBuffer head) {
        int length = head.getInt();
        if (length < 0 || length > head.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        head.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static ByteBuffer little(ByteBuffer buffer) {
        return buffer.order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int checksum(ByteBuffer head, int length) {
        CRC32C crc = new CRC32C();
        crc.update(head.duplicate().limit(MAGIC_OFFSET + 4).position(MAGIC_OFFSET));
        crc.update(head.duplicate().limit(length).position(KEY_LENGTH_OFFSET));
        return (int) crc.getValue();
    }

    static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}
