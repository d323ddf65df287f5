package dev.aquifer.service.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import dev.aquifer.lake.object.ObjectStore;
import dev.aquifer.lake.parquet.FooterCache;
import dev.aquifer.protocol.substrait.FragmentRequest;
import dev.aquifer.protocol.substrait.SourceFile;
import dev.aquifer.protocol.substrait.SubstraitWriter;
import dev.aquifer.service.admission.Cancellation;
import dev.aquifer.service.admission.FairPool;
import dev.aquifer.service.cache.BlockMemory;
import dev.aquifer.service.cache.MemoryTier;
import dev.aquifer.service.hydrate.LoadCounts;
import dev.aquifer.service.hydrate.LoadedSlice;
import dev.aquifer.service.hydrate.SliceLoader;
import dev.aquifer.service.hydrate.SliceRequest;
import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.place.DeviceRegistry;
import dev.aquifer.service.tenant.Locations;
import dev.aquifer.service.tenant.ReadAccess;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.PartitionValue;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads that fail or are stopped in the middle: nothing stays pinned, and no work goes on that nobody waits for. */
final class LoadingTest {
    private static final long HEAP_BYTES = 64 << 20;
    private static final Field DAY = new Field("day", DataType.INT64);

    @TempDir
    Path folder;

    private final NodeMetrics metrics = new NodeMetrics();
    private TestLake lake;
    private FairPool pool;
    private Slice slice;

    @BeforeEach
    void start() {
        lake = new TestLake();
        Path file = folder.resolve("orders.parquet");
        lake.orders(file, 196_608, 196_608);
        slice = lake.slices(file).getFirst();
        pool = new FairPool("test-read", 2, metrics);
    }

    @AfterEach
    void stop() {
        pool.close();
        lake.close();
        metrics.close();
    }

    private SliceLoader loader(ObjectStore store, MemoryTier tier, BlockMemory blocks) {
        return new SliceLoader(store, new FooterCache(store, 1 << 20), tier, null, blocks, pool, HEAP_BYTES, metrics);
    }

    private static SliceRequest request(Slice slice, List<Field> columns, Cancellation stop) {
        return new SliceRequest(Tenant.DEFAULT, slice, columns, null, new LoadCounts(), stop);
    }

    @Test
    void aPartitionColumnWithoutMemoryGivesTheOthersBack() {
        long idBytes;
        BlockMemory measured = new BlockMemory(1 << 30);
        try (MemoryTier tier = new MemoryTier(64 << 20, metrics)) {
            load(loader(lake.lake(), tier, measured)).close();
            idBytes = measured.liveBytes();
        }
        // The blocks of the file's column fit, and no other.
        BlockMemory blocks = new BlockMemory(idBytes);
        Slice partitioned = TestLake.withPartitions(List.of(slice), new PartitionValue("day", DataType.INT64, 7L))
                .getFirst();
        try (MemoryTier tier = new MemoryTier(64 << 20, new NodeMetrics())) {
            SliceLoader loader = loader(lake.lake(), tier, blocks);
            load(loader).close();
            SliceRequest request = request(partitioned, List.of(Orders.ID, DAY), Cancellation.withoutDeadline());
            CompletionException failed = assertThrows(
                    CompletionException.class, () -> loader.load(request).join());
            assertEquals(
                    ErrorCode.MEMORY_EXCEEDED,
                    assertInstanceOf(AquiferException.class, failed.getCause()).code());
            // The reader lets go of its own pins after its callers have theirs.
            Leaks.await(() -> blocks.pins() == 0, "blocks are still pinned");
        }
        assertEquals(0, blocks.liveBytes());
    }

    private LoadedSlice load(SliceLoader loader) {
        return loader.load(request(slice, List.of(Orders.ID), Cancellation.withoutDeadline()))
                .join();
    }

    /** The lake, with something that happens when the first bytes of a column arrive. */
    private record LateStore(ObjectStore store, Runnable arrived) implements ObjectStore {
        @Override
        public ObjectVersion head(String uri) {
            return store.head(uri);
        }

        @Override
        public List<ObjectVersion> list(String prefix) {
            return store.list(prefix);
        }

        @Override
        public void read(ObjectVersion version, long offset, ByteBuffer into) {
            store.read(version, offset, into);
            arrived.run();
        }
    }

    private static Runnable late(Cancellation stop) {
        return () -> {
            boolean _ = stop.stop(Cancellation.deadline());
        };
    }

    @Test
    void aChunkThatNobodyWaitsForIsNotDecoded() {
        Cancellation stop = Cancellation.withoutDeadline();
        BlockMemory blocks = new BlockMemory(1 << 30);
        try (MemoryTier tier = new MemoryTier(64 << 20, metrics)) {
            FooterCache footers = new FooterCache(lake.lake(), 1 << 20);
            SliceLoader loader = new SliceLoader(
                    new LateStore(lake.lake(), late(stop)), footers, tier, null, blocks, pool, HEAP_BYTES, metrics);
            know(footers);
            SliceRequest request = request(slice, List.of(Orders.ID), stop);
            CompletionException failed = assertThrows(
                    CompletionException.class, () -> loader.load(request).join());
            assertEquals(
                    ErrorCode.DEADLINE_EXCEEDED,
                    assertInstanceOf(AquiferException.class, failed.getCause()).code());
            assertEquals(0, metrics.value(Counter.BLOCKS_ENCODED));
            assertEquals(1, metrics.value(Counter.CHUNKS_ABANDONED));
            // Whoever comes after gets it.
            LoadedSlice again = load(loader);
            assertEquals(3, again.stripes().length);
            again.close();
            // The reader lets go of its own pins after its callers have theirs.
            Leaks.await(() -> blocks.pins() == 0, "blocks are still pinned");
        }
        assertEquals(0, blocks.liveBytes());
    }

    /** From here on what is read is a column. */
    private void know(FooterCache footers) {
        assertEquals(196_608, footers.get(slice.object()).rowGroups().getFirst().rows());
    }

    @Test
    void aChunkThatSomebodyStillWaitsForIsFetchedOnce() {
        Cancellation leaving = Cancellation.withoutDeadline();
        BlockMemory blocks = new BlockMemory(1 << 30);
        CompletableFuture<LoadedSlice> staying = new CompletableFuture<>();
        CompletableFuture<SliceLoader> loader = new CompletableFuture<>();
        try (MemoryTier tier = new MemoryTier(64 << 20, metrics)) {
            FooterCache footers = new FooterCache(lake.lake(), 1 << 20);
            know(footers);
            // The first caller leaves in the middle of its fetch, just after the second one came.
            Runnable meanwhile = () -> {
                CompletableFuture<Void> _ = loader.join()
                        .load(request(slice, List.of(Orders.ID), Cancellation.withoutDeadline()))
                        .thenAccept(staying::complete);
                boolean _ = leaving.stop(Cancellation.cancelled());
            };
            loader.complete(new SliceLoader(
                    new LateStore(lake.lake(), meanwhile), footers, tier, null, blocks, pool, HEAP_BYTES, metrics));
            loader.join()
                    .load(request(slice, List.of(Orders.ID), leaving))
                    .join()
                    .close();
            LoadedSlice loaded = staying.join();
            assertEquals(3, loaded.stripes().length);
            loaded.close();
            assertEquals(1, metrics.value(Counter.CHUNK_WAITS));
            assertEquals(1, metrics.value(Counter.CHUNKS_HYDRATED));
            assertEquals(0, metrics.value(Counter.CHUNKS_ABANDONED));
            Leaks.await(() -> blocks.pins() == 0, "blocks are still pinned");
        }
        assertEquals(0, blocks.liveBytes());
    }

    @Test
    void aRequestThatIsOverLooksUpNoMoreFiles() {
        Cancellation stop = Cancellation.withoutDeadline();
        SourceFile file = new SourceFile(slice.object().uri(), 0, 0);
        ByteString plan = SubstraitWriter.toBytes(
                new FragmentRequest(Orders.total(null), List.of(), Collections.nCopies(1_000, file)));
        LoadCounts counts = new LoadCounts();
        try (MemoryTier tier = new MemoryTier(64 << 20, metrics);
                DeviceRegistry devices = DeviceRegistry.open(DeviceRegistry.AUTO)) {
            SliceLoader loader = loader(new LateStore(lake.lake(), late(stop)), tier, new BlockMemory(1 << 30));
            PlanIntake intake = new PlanIntake(devices, loader, ReadAccess.of(Locations.EVERYWHERE, false, metrics));
            AquiferException late =
                    assertThrows(AquiferException.class, () -> intake.prepare(plan, "", Tenant.DEFAULT, counts, stop));
            assertEquals(ErrorCode.DEADLINE_EXCEEDED, late.code());
        }
        // The version and the footer of the first.
        assertEquals(2, counts.requests());
    }
}
