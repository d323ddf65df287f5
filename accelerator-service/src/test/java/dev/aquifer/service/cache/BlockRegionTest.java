package dev.aquifer.service.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Memory of a region: writable, aligned, used again, and gone with its arena. */
@EnabledOnOs(OS.LINUX)
class BlockRegionTest {
    private static BlockRegion region(long bytes) {
        return Objects.requireNonNull(BlockRegion.of(bytes));
    }

    @Test
    void givesMemoryThatTheNextOneFindsAgain() {
        try (BlockRegion region = region(10_000_000)) {
            long address;
            try (Arena arena = Arena.ofShared()) {
                MemorySegment memory = Objects.requireNonNull(region.allocate(arena, 5_000_001));
                assertEquals(5_000_001, memory.byteSize());
                assertEquals(0, memory.address() % SystemPages.HUGE);
                memory.fill((byte) 7);
                address = memory.address();
            }
            try (Arena arena = Arena.ofShared()) {
                MemorySegment memory = Objects.requireNonNull(region.allocate(arena, 1_000));
                assertEquals(address, memory.address());
                assertEquals(7, memory.get(ValueLayout.JAVA_BYTE, 999));
            }
        }
    }

    @Test
    void saysWhereThereIsNoRoom() {
        try (BlockRegion region = region(SystemPages.HUGE);
                Arena arena = Arena.ofShared()) {
            assertNull(region.allocate(arena, SystemPages.HUGE + 1));
            assertNotNull(region.allocate(arena, SystemPages.HUGE));
            assertNull(region.allocate(arena, 1));
        }
    }

    @Test
    void keepsBlocksThatOutliveIt() {
        BlockRegion region = region(1_000_000);
        MemorySegment memory;
        try (Arena arena = Arena.ofShared()) {
            memory = Objects.requireNonNull(region.allocate(arena, 1_000));
            region.close();
            region.close();
            memory.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
            assertEquals(1, memory.get(ValueLayout.JAVA_BYTE, 0));
            assertNull(region.allocate(arena, 1_000));
        }
        assertThrows(IllegalStateException.class, () -> memory.get(ValueLayout.JAVA_BYTE, 0));
    }
}
