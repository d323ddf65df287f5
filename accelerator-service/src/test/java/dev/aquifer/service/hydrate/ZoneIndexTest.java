package dev.aquifer.service.hydrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.aquifer.service.cache.ChunkKey;
import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is known of row groups and of files, and when it is not. */
class ZoneIndexTest {
    private static final ObjectVersion FILE = new ObjectVersion("file:///t/a.parquet", "1", 1_000);

    private final ZoneIndex index = new ZoneIndex(1_000);

    private static ChunkKey key(ObjectVersion object, int group, String column) {
        return new ChunkKey("default", object, group, column, DataType.INT64);
    }

    private static ZoneMap zone(long rows, long min, long max) {
        return new ZoneMap(DataType.INT64, rows, 0, min, max, true, true, false);
    }

    private static Slice slice(int group, long rows) {
        return new Slice(FILE, group, 0, 1, rows, 10L * group, List.of());
    }

    private @Nullable ZoneMap all(String column, Slice... slices) {
        @Nullable ZoneMap[] zones = index.all(List.of(key(FILE, 0, column)), Arrays.asList(slices));
        return zones == null ? null : zones[0];
    }

    @Test
    void stripesMakeRowGroupsAndThoseMakeFiles() {
        index.learn(key(FILE, 0, "a").stripe(0), zone(60, 5, 9), 100);
        assertNull(all("a", slice(0, 100)), "a stripe is missing at the end");
        index.learn(key(FILE, 0, "a").stripe(1), zone(40, -3, 6), 100);
        assertEquals(zone(100, -3, 9), all("a", slice(0, 100)));
        assertNull(all("a", slice(0, 100), slice(1, 10)), "a row group is missing");
        index.learn(key(FILE, 1, "a").stripe(0), zone(10, 7, 20), 10);
        assertEquals(zone(110, -3, 20), all("a", slice(0, 100), slice(1, 10)));
        assertEquals(zone(110, -3, 20), all("a", slice(0, 100), slice(1, 10)), "asked again");
        assertEquals(zone(110, -3, 20), all("a", slice(1, 10), slice(0, 100)), "in another order");
        assertEquals(zone(10, 7, 20), all("a", slice(1, 10)));
        assertNull(all("b", slice(0, 100)));
    }

    @Test
    void aPlanThatIsWrongAboutRowsIsNotAnswered() {
        index.learn(key(FILE, 0, "a").stripe(0), zone(10, 1, 2), 10);
        index.learn(key(FILE, 1, "a").stripe(0), zone(20, 3, 4), 20);
        assertNotNull(all("a", slice(0, 10), slice(1, 20)));
        assertNull(all("a", slice(0, 20), slice(1, 10)), "as many rows together");
        assertNull(all("a", slice(0, 11)));
        assertNull(all("a", slice(7, 10)));
    }

    @Test
    void whatIsLearnedLaterCounts() {
        index.learn(key(FILE, 0, "a").stripe(0), zone(10, 1, 2), 10);
        assertEquals(zone(10, 1, 2), all("a", slice(0, 10)));
        index.learn(key(FILE, 0, "a").stripe(0), zone(10, 0, 2), 10);
        assertEquals(zone(10, 0, 2), all("a", slice(0, 10)));
        index.learn(key(FILE, 1, "a").stripe(0), zone(5, 8, 9), 5);
        assertEquals(zone(15, 0, 9), all("a", slice(0, 10), slice(1, 5)));
    }

    @Test
    void allColumnsOrNone() {
        index.learn(key(FILE, 0, "a").stripe(0), zone(10, 1, 2), 10);
        index.learn(key(FILE, 0, "b").stripe(0), zone(10, 3, 4), 10);
        List<Slice> slices = List.of(slice(0, 10));
        assertArrayEquals(
                new ZoneMap[] {zone(10, 1, 2), zone(10, 3, 4)},
                index.all(List.of(key(FILE, 0, "a"), key(FILE, 0, "b")), slices));
        assertArrayEquals(
                new ZoneMap[] {zone(10, 1, 2), null}, index.all(Arrays.asList(key(FILE, 0, "a"), null), slices));
        assertNull(index.all(List.of(key(FILE, 0, "a"), key(FILE, 0, "c")), slices));
        ChunkKey others = new ChunkKey("somebody else", FILE, 0, "a", DataType.INT64);
        assertNull(index.all(List.of(others), slices), "another tenant's");
    }

    @Test
    void objectsUsedLastStay() {
        ZoneIndex small = new ZoneIndex(4);
        for (int i = 0; i < 3; i++) {
            ObjectVersion object = new ObjectVersion("file:///t/" + i, "1", 1_000);
            small.learn(key(object, 0, "a").stripe(0), zone(1, i, i), 2);
            small.learn(key(object, 0, "a").stripe(1), zone(1, i, i), 2);
            assertEquals(2, small.stripes(key(object, 0, "a")).length);
        }
        assertEquals(0, small.stripes(key(new ObjectVersion("file:///t/0", "1", 1_000), 0, "a")).length);
        assertEquals(2, small.stripes(key(new ObjectVersion("file:///t/1", "1", 1_000), 0, "a")).length);
        assertEquals(0, small.stripes(key(new ObjectVersion("file:///t/1", "1", 1_000), 1, "a")).length);
    }

    @Test
    void oneObjectAloneDoesNotExceedTheLimit() {
        ZoneIndex small = new ZoneIndex(4);
        for (int stripe = 0; stripe < 7; stripe++) {
            small.learn(key(FILE, 0, "a").stripe(stripe), zone(1, 0, 0), 7);
        }
        // The fifth was one too many for all of them.
        assertArrayEquals(
                new ZoneMap[] {null, null, null, null, null, zone(1, 0, 0), zone(1, 0, 0)},
                small.stripes(key(FILE, 0, "a")));
    }
}
