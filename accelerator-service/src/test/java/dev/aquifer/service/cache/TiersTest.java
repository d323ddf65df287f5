package dev.aquifer.service.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.tenant.Locations;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.block.BlockDecoder;
import dev.aquifer.spi.block.BlockDescriptor;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.type.DataType;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tiers keep, and what leaves them. */
final class TiersTest {
    private static final Tenant A = new Tenant("a", 1, 1, 1, 100, Locations.EVERYWHERE);
    private static final Tenant B = new Tenant("b", 1, 1, 1, 50, Locations.EVERYWHERE);

    @TempDir
    Path folder;

    private final NodeMetrics metrics = new NodeMetrics();
    private final BlockMemory blocks = new BlockMemory(1 << 30);

    @AfterEach
    void nothingLeaks() {
        assertEquals(0, blocks.pins());
        assertEquals(0, blocks.liveBlocks());
        assertEquals(0, blocks.liveBytes());
        metrics.close();
    }

    private static BlockKey key(Tenant tenant, int number) {
        DataType type = DataType.FLOAT64;
        return new ChunkKey(tenant.name(), new ObjectVersion("file:///x", "v", 1), number, "c", type).stripe(0);
    }

    /** A block of 1,024 random doubles: somewhat more than 8 KiB. */
    private CachedBlock block(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = random.doubles(1_024).toArray();
        return blocks.encode(new DoubleColumn(DataType.FLOAT64, 1_024, values, null), 1_024);
    }

    private void use(MemoryTier tier, Tenant tenant, int number) {
        CachedBlock block = tier.get(key(tenant, number));
        if (block == null) {
            block = block(number);
            boolean _ = tier.put(tenant, key(tenant, number), block);
        }
        block.unpin();
    }

    private static int kept(MemoryTier tier, Tenant tenant, int from, int to) {
        int kept = 0;
        for (int i = from; i < to; i++) {
            kept += tier.peek(key(tenant, i)) >= 0 ? 1 : 0;
        }
        return kept;
    }

    @Test
    void aScanLeavesTheHotBlocksAlone() {
        try (MemoryTier tier = new MemoryTier(1 << 20, metrics)) {
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 60; i++) {
                    use(tier, A, i);
                }
            }
            // Twenty times what fits, each used once.
            for (int i = 1_000; i < 3_500; i++) {
                use(tier, A, i);
            }
            assertEquals(60, kept(tier, A, 0, 60));
            assertTrue(tier.bytes() <= 1 << 20, tier.bytes() + " bytes");
        }
    }

    @Test
    void whatIsNotUsedAnyMoreLeaves() {
        try (MemoryTier tier = new MemoryTier(1 << 20, metrics)) {
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 90; i++) {
                    use(tier, A, i);
                }
            }
            for (int round = 0; round < 20; round++) {
                for (int i = 500; i < 590; i++) {
                    use(tier, A, i);
                }
            }
            assertTrue(kept(tier, A, 500, 590) > 80, kept(tier, A, 500, 590) + " of the new ones");
        }
    }

    @Test
    void blocksInUseStay() {
        try (MemoryTier tier = new MemoryTier(100_000, metrics)) {
            List<CachedBlock> held = new ArrayList<>();
            int kept = 0;
            for (int i = 0; i < 30; i++) {
                CachedBlock block = block(i);
                held.add(block);
                kept += tier.put(A, key(A, i), block) ? 1 : 0;
            }
            assertTrue(kept < 15 && kept > 5, kept + " fit");
            assertEquals(kept, kept(tier, A, 0, 30));
            // The memory of the others is their users', and goes with them.
            for (int i = 0; i < 30; i++) {
                assertEquals(
                        new SplittableRandom(i).nextDouble(),
                        BlockDecoder.value(held.get(i).block(), 0));
            }
            held.forEach(CachedBlock::unpin);
            use(tier, A, 99);
            assertTrue(tier.peek(key(A, 99)) >= 0);
        }
    }

    @Test
    void aTenantPastItsShareGivesOfItsOwn() {
        try (MemoryTier tier = new MemoryTier(1 << 20, metrics)) {
            for (int i = 0; i < 50; i++) {
                use(tier, A, i);
            }
            for (int i = 0; i < 500; i++) {
                use(tier, B, i);
            }
            assertTrue(tier.usage(B).usedBytes() <= 1 << 19);
            assertEquals(50, kept(tier, A, 0, 50));
            assertTrue(tier.usage(B).evictions() > 0);
            assertEquals(0, tier.usage(A).evictions());
        }
    }

    @Test
    void pinnedBlocksStayWithinHalfTheShare() {
        try (MemoryTier tier = new MemoryTier(1 << 20, metrics)) {
            int pinned = 0;
            for (int i = 0; i < 100; i++) {
                use(tier, A, i);
                pinned += tier.stick(key(A, i)) ? 1 : 0;
            }
            assertTrue(pinned > 50 && pinned < 64, pinned + " pinned");
            for (int i = 1_000; i < 2_000; i++) {
                use(tier, A, i);
                use(tier, A, i);
                use(tier, A, i);
            }
            assertEquals(pinned, kept(tier, A, 0, pinned));
            tier.unstick(key -> true);
            assertEquals(0, tier.usage(A).pinnedBytes());
        }
    }

    @Test
    void ssdKeepsWithinItsBudgetAndEvictsWholeSegments() {
        long budget = 16L << 20;
        try (SsdTier tier = SsdTier.open(folder, budget, 8L << 20, metrics)) {
            for (int i = 0; i < 4_000; i++) {
                CachedBlock block = block(i);
                tier.write(A, key(A, i), block);
                block.unpin();
                assertTrue(tier.bytes() <= budget, tier.bytes() + " bytes");
                CachedBlock hot = tier.read(key(A, 0), blocks);
                assertNotNull(hot, "the block that is used all the time left after " + i);
                hot.unpin();
            }
            assertTrue(metrics.value(Counter.SSD_SEGMENTS_EVICTED) > 0);
            assertEquals(0, metrics.value(Counter.SSD_BAD_RECORDS));
        }
    }

    @Test
    void ssdKeepsWithinItsBudgetHoweverManyTenantsWrite() {
        long budget = 16L << 20;
        List<Tenant> tenants = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            tenants.add(new Tenant("tenant-" + i, 1, 1, 1, 100, Locations.EVERYWHERE));
        }
        try (SsdTier tier = SsdTier.open(folder, budget, 8L << 20, metrics)) {
            for (int i = 0; i < 100; i++) {
                for (Tenant tenant : tenants) {
                    write(tier, tenant, i);
                    assertTrue(tier.bytes() <= budget, tier.bytes() + " bytes");
                    assertTrue(tier.peek(key(tenant, i)) >= 0, tenant.name() + " has no place for block " + i);
                }
            }
        }
        assertEquals(0, metrics.value(Counter.SSD_WRITE_FAILURES));
    }

    @Test
    void aSmallShareOfSsdIsAShare() {
        Tenant small = new Tenant("small", 1, 1, 1, 2, Locations.EVERYWHERE);
        try (SsdTier tier = SsdTier.open(folder, 16L << 20, 8L << 20, metrics)) {
            for (int i = 0; i < 200; i++) {
                write(tier, small, i);
                assertTrue(tier.usage(small).usedBytes() <= small.cacheShare(16L << 20));
            }
            assertTrue(tier.usage(small).blocks() > 20, tier.usage(small).toString());
        }
    }

    private void write(SsdTier tier, Tenant tenant, int number) {
        CachedBlock block = block(number);
        tier.write(tenant, key(tenant, number), block);
        block.unpin();
    }

    @Test
    void aSegmentThatCannotBeOpenedIsNotInTheWay() throws IOException {
        Files.createDirectories(folder.resolve("blocks/0000000000000001.aqseg"));
        try (SsdTier tier = SsdTier.open(folder, 16L << 20, 8L << 20, metrics)) {
            write(tier, A, 1);
            assertTrue(tier.peek(key(A, 1)) >= 0);
        }
        assertEquals(0, metrics.value(Counter.SSD_WRITE_FAILURES));
    }

    @Test
    void aBlockOfAnotherLayoutIsDropped() {
        try (SsdTier tier = SsdTier.open(folder, 16L << 20, 8L << 20, metrics)) {
            CachedBlock block = block(1);
            CachedBlock other = blocks.fill(block.bytes(), 1_024, memory -> {
                memory.copyFrom(block.block().segment());
                return true;
            });
            assertNotNull(other);
            // As a node of another version wrote it, with checksums that are right.
            other.block().segment().set(ValueLayout.JAVA_BYTE, BlockDescriptor.VERSION_OFFSET, (byte) 99);
            tier.write(A, key(A, 1), other);
            other.unpin();
            block.unpin();
            assertTrue(tier.peek(key(A, 1)) >= 0);
            assertNull(tier.read(key(A, 1), blocks));
            assertEquals(-1, tier.peek(key(A, 1)));
        }
    }

    @Test
    void aRecordOfAnotherTenantIsNotBroughtBack() throws IOException {
        BlockKey key = key(B, 1);
        SsdSegment segment = SsdSegment.create(Files.createDirectories(folder.resolve("blocks")), 1, A.name());
        ByteBuffer body = ByteBuffer.allocate(100);
        ByteBuffer head = SsdRecord.head(key, 1_024, 100, 100, SsdRecord.CODEC_NONE, SsdRecord.checksum(body));
        assertNotNull(head);
        SsdRecord.seal(head, 1);
        assertEquals(SsdSegment.HEADER_BYTES, segment.append(head, body));
        segment.release();
        try (SsdTier tier = SsdTier.open(folder, 16L << 20, 8L << 20, metrics)) {
            assertEquals(-1, tier.peek(key));
            assertEquals(SsdSegment.HEADER_BYTES, tier.bytes());
        }
    }

    @Test
    void textThatDoesNotCompressIsKeptAsItIs() {
        byte[] noise = new byte[64 * 1_024];
        new Random(1).nextBytes(noise);
        int[] offsets = new int[1_025];
        Arrays.setAll(offsets, row -> 64 * row);
        Column column = new BytesColumn(DataType.VARCHAR, 1_024, noise, offsets, null);
        BlockKey key = new ChunkKey("a", new ObjectVersion("file:///y", "v", 1), 0, "t", DataType.VARCHAR).stripe(0);
        try (SsdTier tier = SsdTier.open(folder, 16L << 20, 8L << 20, metrics)) {
            CachedBlock block = blocks.encode(column, 1_024);
            tier.write(A, key, block);
            CachedBlock back = tier.read(key, blocks);
            assertNotNull(back);
            assertEquals(column.value(1_023), BlockDecoder.value(back.block(), 1_023));
            back.unpin();
            block.unpin();
        }
    }

    @Test
    void whatWaitsForTheDiskIsThereAlready() {
        try (SsdTier tier = SsdTier.open(folder, 16L << 20, 8L << 20, metrics)) {
            CachedBlock block = block(1);
            tier.keep(A, key(A, 1), block);
            // From where it waits, or from the disk: how long it waits is not said.
            assertTrue(tier.peek(key(A, 1)) > 0);
            CachedBlock back = tier.read(key(A, 1), blocks);
            assertNotNull(back);
            back.unpin();
            tier.drain();
            assertEquals(1, tier.usage(A).blocks());
            CachedBlock written = tier.read(key(A, 1), blocks);
            assertNotNull(written);
            assertNotSame(block, written);
            assertEquals(-1, block.block().segment().mismatch(written.block().segment()));
            written.unpin();
            block.unpin();
        }
    }

    @Test
    void whatIsEvictedWhileItWaitsIsNotWritten() {
        try (SsdTier tier = SsdTier.open(folder, 16L << 20, 8L << 20, metrics)) {
            for (int i = 0; i < 50; i++) {
                CachedBlock block = block(i);
                tier.keep(A, key(A, i), block);
                block.unpin();
            }
            assertEquals(50, tier.evict(key -> true).size());
            tier.drain();
            assertEquals(0, tier.usage(A).blocks());
            assertEquals(-1, tier.peek(key(A, 1)));
        }
    }

    @Test
    void whoBringsTooMuchWritesItself() {
        CachedBlock first = block(1);
        CachedBlock second = block(2);
        try (SsdTier tier = SsdTier.open(folder, 16L << 20, first.bytes(), metrics)) {
            CachedBlock large = text(1);
            assertTrue(large.bytes() > first.bytes());
            tier.keep(A, key(A, 3), large);
            // No room to wait, so it is there when the call returns.
            assertEquals(1, metrics.value(Counter.SSD_WRITES));
            tier.keep(A, key(A, 1), first);
            tier.keep(A, key(A, 2), second);
            large.unpin();
        }
        // Closing writes what waits.
        assertEquals(3, metrics.value(Counter.SSD_WRITES));
        first.unpin();
        second.unpin();
    }

    /** Codes of which one is frequent; and codes that look like noise. */
    @Test
    void packedCodesAreCompressedWhereItPays() {
        long[] few = new long[65_536];
        long[] noise = new long[65_536];
        Random random = new Random(2);
        for (int row = 0; row < few.length; row++) {
            few[row] = row % 8 == 0 ? random.nextInt(256) : 7;
            noise[row] = random.nextInt(256);
        }
        CachedBlock packed = blocks.encode(new LongColumn(DataType.INT64, few.length, few, null), few.length);
        CachedBlock dense = blocks.encode(new LongColumn(DataType.INT64, noise.length, noise, null), noise.length);
        assertEquals(Encoding.PACKED, packed.block().encoding());
        ChunkKey chunk = new ChunkKey("a", new ObjectVersion("file:///y", "v", 1), 0, "n", DataType.INT64);
        try (SsdTier tier = SsdTier.open(folder, 16L << 20, 8L << 20, metrics)) {
            tier.write(A, chunk.stripe(1), packed);
            tier.write(A, chunk.stripe(2), dense);
            assertTrue(tier.peek(chunk.stripe(1)) < packed.bytes() / 2, tier.peek(chunk.stripe(1)) + " bytes");
            assertEquals(dense.bytes(), tier.peek(chunk.stripe(2)));
            for (int i = 1; i <= 2; i++) {
                CachedBlock back = tier.read(chunk.stripe(i), blocks);
                assertNotNull(back);
                CachedBlock expected = i == 1 ? packed : dense;
                assertEquals(
                        -1, back.block().segment().mismatch(expected.block().segment()));
                back.unpin();
            }
        }
        packed.unpin();
        dense.unpin();
    }

    @Test
    void ssdTenantsKeepWithinTheirShare() {
        long budget = 32L << 20;
        try (SsdTier tier = SsdTier.open(folder, budget, 8L << 20, metrics)) {
            for (int i = 0; i < 3_000; i++) {
                for (Tenant tenant : List.of(A, B)) {
                    CachedBlock block = block(i);
                    tier.write(tenant, key(tenant, i), block);
                    block.unpin();
                }
            }
            assertTrue(tier.usage(B).usedBytes() <= budget / 2, tier.usage(B).toString());
            assertTrue(tier.usage(A).evictions() == 0 || tier.bytes() > budget - (4 << 20));
        }
    }

    @Test
    void ssdBringsBackWhatWasWritten() {
        List<BlockKey> keys = new ArrayList<>();
        try (SsdTier tier = SsdTier.open(folder, 16 << 20, 8L << 20, metrics)) {
            for (int i = 0; i < 20; i++) {
                CachedBlock block = text(i);
                BlockKey key =
                        new ChunkKey("a", new ObjectVersion("file:///y", "v", 1), i, "t", DataType.VARCHAR).stripe(i);
                keys.add(key);
                tier.write(A, key, block);
                block.unpin();
            }
            // Repetitive text compresses.
            assertTrue(metrics.value(Counter.SSD_WRITE_BYTES) < 20L * 20_000);
        }
        try (SsdTier tier = SsdTier.open(folder, 16 << 20, 8L << 20, metrics)) {
            for (int i = 0; i < 20; i++) {
                CachedBlock block = tier.read(keys.get(i), blocks);
                assertNotNull(block);
                CachedBlock expected = text(i);
                assertTrue(block.block().checksumMatches());
                assertEquals(
                        -1, block.block().segment().mismatch(expected.block().segment()));
                assertEquals(2_000, block.chunkRows());
                expected.unpin();
                block.unpin();
            }
            assertNull(tier.read(key(A, 1), blocks));
            assertEquals(20, tier.evict(key -> true).size());
            assertNull(tier.read(keys.getFirst(), blocks));
        }
        try (SsdTier tier = SsdTier.open(folder, 16 << 20, 8L << 20, metrics)) {
            assertFalse(tier.peek(keys.getFirst()) >= 0, "a file of which all was evicted is deleted");
        }
    }

    private CachedBlock text(int number) {
        StringBuilder all = new StringBuilder();
        int[] offsets = new int[1_001];
        for (int i = 0; i < 1_000; i++) {
            all.append("the same words again and again, row ").append(i * 31 + number);
            offsets[i + 1] = all.length();
        }
        byte[] data = all.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Column column = new BytesColumn(DataType.VARCHAR, 1_000, data, offsets, null);
        return blocks.encode(column, 2_000);
    }
}
