package dev.aquifer.spi.block;

import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/** CRC-32C over a block without its checksum field; the JDK computes it with the processor's own instruction. */
final class Checksum {
    private Checksum() {}

    static int of(MemorySegment block) {
        CRC32C crc = new CRC32C();
        crc.update(block.asSlice(0, BlockDescriptor.CHECKSUM_OFFSET).asByteBuffer());
        crc.update(block.asSlice(BlockDescriptor.CHECKSUM_OFFSET + 4).asByteBuffer());
        return (int) crc.getValue();
    }
}
