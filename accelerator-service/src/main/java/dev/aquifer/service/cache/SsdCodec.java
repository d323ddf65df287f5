package dev.aquifer.service.cache;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.aquifer.spi.block.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A block's bytes as they are stored, and back. */
final class SsdCodec {
    /** Of smaller ones little can be saved. */
    private static final int MIN_BYTES = 4_096;
    /**
     * Where a thread keeps compressed bytes: fresh memory would be cleared for each block, and wait for the collector after it. Larger
     * blocks than this are rare.
     */
    private static final int SCRATCH_BYTES = 4 << 20;

    private static final ThreadLocal<ByteBuffer> SCRATCH =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(SCRATCH_BYTES));

    private SsdCodec() {}

    /**
     * @param bytes valid until the thread stores or loads another block
     * @param codec of {@link SsdRecord}
     */
    record Stored(ByteBuffer bytes, byte codec) {}

    static Stored store(Block block) {
        ByteBuffer raw = block.segment().asByteBuffer();
        ByteBuffer smaller = raw.remaining() > MIN_BYTES ? compressed(raw) : null;
        return smaller == null ? new Stored(raw, SsdRecord.CODEC_NONE) : new Stored(smaller, SsdRecord.CODEC_ZSTD);
    }

    /**
     * The bytes compressed, or null where that saves less than a tenth. Also of packed codes: their widths are those of the
     * greatest, and where codes are not equally frequent, or come in order, there is something left.
     */
    private static @Nullable ByteBuffer compressed(ByteBuffer raw) {
        int size = raw.remaining();
        int most = size - size / 10;
        ByteBuffer target = scratch(most);
        try {
            long length = Zstd.compressDirectByteBuffer(target, 0, most, raw, 0, size, 1);
            return target.limit((int) length).slice();
        } catch (ZstdException e) {
            if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
                return null;
            }
            throw e;
        }
    }

    private static ByteBuffer scratch(int size) {
        return size <= SCRATCH_BYTES ? SCRATCH.get().clear().limit(size) : ByteBuffer.allocateDirect(size);
    }

    /**
     * Fills in a block.
     *
     * @param offset of the stored bytes in the segment
     * @return false if the stored bytes are not those that were written
     */
    static boolean load(SsdSegment segment, long offset, SsdRecord entry, ByteBuffer target) throws IOException {
        if (entry.codec() == SsdRecord.CODEC_NONE) {
            return segment.read(target, offset) && SsdRecord.checksum(target.flip()) == entry.storedChecksum();
        }
        ByteBuffer stored = scratch(entry.storedLength());
        if (entry.codec() != SsdRecord.CODEC_ZSTD
                || !segment.read(stored, offset)
                || SsdRecord.checksum(stored.flip()) != entry.storedChecksum()) {
            return false;
        }
        try {
            long length =
                    Zstd.decompressDirectByteBuffer(target, 0, entry.rawLength(), stored, 0, entry.storedLength());
            return length == entry.rawLength();
        } catch (ZstdException e) {
            return false;
        }
    }
}
