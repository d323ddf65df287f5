package dev.aquifer.lake.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.lake.object.Failures;
import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.type.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFooterTest {
    @TempDir
    Path folder;

    private byte[] file(int rows, int rowGroup) throws IOException {
        Path file = folder.resolve(rows + "-" + rowGroup + ".parquet");
        Written.write(
                file, rows, 5, new SplittableRandom(rows), builder -> builder.withRowGroupRowCountLimit(rowGroup));
        return Files.readAllBytes(file);
    }

    @Test
    void aShortFooterTakesOneRequestAndALongOneTwo() throws IOException {
        MemoryStore small = new MemoryStore(file(100, 100));
        assertEquals(100, ParquetFooter.read(small, small.object()).rows());
        assertEquals(1, small.reads());
        MemoryStore large = new MemoryStore(file(300, 10));
        ParquetFooter footer = ParquetFooter.read(large, large.object());
        assertTrue(footer.bytes() > 64 << 10);
        assertEquals(2, large.reads());
        assertEquals(30, footer.rowGroups().size());
        assertEquals(300, footer.rows());
    }

    @Test
    void rowGroupsKnowTheirPlaceAndTheirBounds() throws IOException {
        MemoryStore store = new MemoryStore(file(250, 100));
        ParquetFooter footer = ParquetFooter.read(store, store.object());
        assertEquals(
                List.of(100L, 100L, 50L),
                footer.rowGroups().stream().map(RowGroup::rows).toList());
        long end = 4;
        for (RowGroup group : footer.rowGroups()) {
            assertEquals(end, group.start());
            assertEquals(
                    group.length(),
                    group.chunks().stream()
                            .mapToLong(ChunkInfo::compressedBytes)
                            .sum());
            end = group.start() + group.length();
            ZoneMap id = group.chunks().get(footer.indexOf("id")).zoneMap();
            assertEquals(
                    new ZoneMap(
                            DataType.INT64,
                            group.rows(),
                            0,
                            100L * group.index(),
                            100L * group.index() + group.rows() - 1,
                            true,
                            true,
                            false),
                    id);
            // Statistics of every type are understood, but for floats with NaN and INT96, which has no order.
            for (LakeColumn column : footer.columns()) {
                ZoneMap zone = group.chunks().get(footer.indexOf(column.name())).zoneMap();
                assertNotNull(zone);
                if (!List.of("f32", "f64", "f16", "old").contains(column.name())) {
                    assertNotNull(zone.min(), column::name);
                }
            }
        }
    }

    @Test
    void anUnknownColumnIsNamedWithThoseThereAre() throws IOException {
        MemoryStore store = new MemoryStore(file(1, 1));
        ParquetFooter footer = ParquetFooter.read(store, store.object());
        Failures.expect(
                ErrorCode.UNKNOWN_COLUMN,
                () -> ColumnChunkReader.open(store, footer, 0, "ID"),
                "ID",
                "id",
                MemoryStore.URI);
    }

    @Test
    void theCacheReadsAFooterOnceAndDropsTheOldest() throws Exception {
        MemoryStore store = new MemoryStore(file(1, 1));
        ObjectVersion a = store.object();
        ParquetFooter first = ParquetFooter.read(store, a);
        FooterCache cache = new FooterCache(store, 2L * Math.max(first.bytes(), FooterCache.LEAST_WEIGHT) + 1);
        int before = store.reads();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<ParquetFooter>> answers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                answers.add(threads.submit(() -> cache.get(a)));
            }
            for (Future<ParquetFooter> answer : answers) {
                assertSame(cache.get(a), answer.get());
            }
        }
        assertEquals(before + 1, store.reads());
        ParquetFooter kept = cache.get(a);
        ObjectVersion b = new ObjectVersion(MemoryStore.URI, "2", a.size());
        ObjectVersion c = new ObjectVersion(MemoryStore.URI, "3", a.size());
        ParquetFooter second = cache.get(b);
        cache.get(a);
        cache.get(c);
        assertSame(kept, cache.get(a));
        assertNotSame(second, cache.get(b));
    }

    @Test
    void theCacheDoesNotKeepFailures() throws IOException {
        byte[] bytes = file(1, 1);
        byte[] damaged = bytes.clone();
        damaged[damaged.length - 1] = 0;
        FooterCache cache = new FooterCache(new MemoryStore(damaged), 1 << 20);
        ObjectVersion object = new MemoryStore(damaged).object();
        for (int i = 0; i < 2; i++) {
            Failures.expect(ErrorCode.CORRUPT_FILE, () -> cache.get(object), MemoryStore.URI);
        }
    }
}
