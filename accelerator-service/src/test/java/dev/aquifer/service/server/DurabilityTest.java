package dev.aquifer.service.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.protocol.proto.CacheAction;
import dev.aquifer.protocol.proto.CacheRequest;
import dev.aquifer.protocol.proto.CacheTier;
import dev.aquifer.service.metrics.Counter;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.Slice;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the folder on SSD, answers stay right; what is on it unharmed is used again. */
final class DurabilityTest {
    private static final long ROWS = 200_000;

    @TempDir
    Path folder;

    private TestLake lake;
    private Path ssd;
    private Path file;
    private List<Slice> slices;

    @BeforeEach
    void start() {
        lake = new TestLake();
        ssd = folder.resolve("ssd");
        file = folder.resolve("orders.parquet");
        lake.orders(file, ROWS, 65_536);
        slices = lake.slices(file);
    }

    @AfterEach
    void stop() {
        lake.close();
    }

    private NodeConfig config() {
        return NodeConfig.defaults().withSsd(ssd, 128 << 20).withMemory(32 << 20, 64 << 20);
    }

    private static final List<Object> TOTAL = List.of(ROWS, BigInteger.valueOf(ROWS * (ROWS - 1) / 2));

    /** Runs a node until it has answered; the statistics of the answer. */
    private dev.aquifer.protocol.proto.Statistics answer(NodeConfig config) {
        NodeServer node = NodeServer.start(config);
        try (TestClient client = new TestClient(node)) {
            return right(client);
        } finally {
            node.close();
            Leaks.none(node);
        }
    }

    private dev.aquifer.protocol.proto.Statistics right(TestClient client) {
        TestClient.Answer answer = client.execute(Orders.total(null), slices);
        assertEquals(List.of(TOTAL), answer.rows());
        assertEquals(expectedWords(), words(client.execute(Orders.byWord(null), slices)));
        return answer.statistics();
    }

    private static Set<String> words(TestClient.Answer answer) {
        Set<String> words = new TreeSet<>();
        answer.rows().forEach(row -> words.add(row.get(0) + "=" + row.get(1) + "," + row.get(2) + "," + row.get(4)));
        return words;
    }

    private Set<String> expectedWords() {
        Set<String> words = new TreeSet<>();
        lake.query("SELECT word, count(*), CAST(sum(amount) * 100 AS BIGINT), min(maybe) FROM '" + file
                        + "' GROUP BY word")
                .forEach(row -> words.add(row.get(0) + "=" + row.get(1) + "," + row.get(2) + "," + row.get(3)));
        return words;
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(ssd.resolve("blocks"))) {
            return files.sorted().toList();
        }
    }

    /** Blocks are written behind the queries. */
    private static void drain(NodeServer node) {
        Objects.requireNonNull(node.parts().ssd()).drain();
    }

    @Test
    void aRestartReadsNothingFromTheLake() {
        assertTrue(answer(config()).getLakeBytesFetched() > 0);
        dev.aquifer.protocol.proto.Statistics warm = answer(config());
        assertEquals(0, warm.getLakeRequests());
        assertEquals(4, warm.getBlocksFromSsd());
    }

    @Test
    void aKilledNodeComesBackRight() throws Exception {
        long seed = Long.getLong("aquifer.seed", 20_260_102L);
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 4; round++) {
            try (NodeProcess node = NodeProcess.start(ssd);
                    TestClient client = node.client()) {
                Thread caller = Thread.ofVirtual().start(() -> {
                    try {
                        client.execute(Orders.byWord(null), slices);
                    } catch (AquiferException e) {
                        // The node dies under it.
                    }
                });
                // Somewhere between the first byte written and the last.
                Thread.sleep(random.nextInt(300, 900));
                node.kill();
                caller.join();
            }
        }
        answer(config());
        assertEquals(0, answer(config()).getLakeRequests());
    }

    @Test
    void aTerminatedNodeEndsInOrder() throws Exception {
        try (NodeProcess node = NodeProcess.start(ssd);
                TestClient client = node.client()) {
            right(client);
            // What the JVM ends with on SIGTERM.
            assertEquals(143, node.terminate());
        }
        assertEquals(0, answer(config()).getLakeRequests());
    }

    @Test
    void anyByteOfASmallFileMayFlip() throws Exception {
        lake.write(folder.resolve("small.parquet"), 2_048, "SELECT i AS id FROM range(3) t(i)");
        List<Slice> small = lake.slices(folder.resolve("small.parquet"));
        List<Object> expected = List.of(3L, BigInteger.valueOf(3));
        NodeServer first = NodeServer.start(config());
        try (TestClient client = new TestClient(first)) {
            assertEquals(
                    expected, client.execute(Orders.total(null), small).rows().getFirst());
        } finally {
            first.close();
        }
        Path segment = segments().getFirst();
        byte[] good = Files.readAllBytes(segment);
        int dropped = 0;
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << (at % 8));
            try (Stream<Path> files = Files.list(ssd.resolve("blocks"))) {
                for (Path old : files.toList()) {
                    Files.delete(old);
                }
            }
            Files.write(segment, bad);
            NodeServer node = NodeServer.start(config().inProcess("flip-" + at));
            try (TestClient client = new TestClient(node)) {
                TestClient.Answer answer = client.execute(Orders.total(null), small);
                assertEquals(expected, answer.rows().getFirst(), "byte " + at);
                dropped += answer.statistics().getBlocksFromSsd() == 0 ? 1 : 0;
            } finally {
                node.close();
            }
        }
        // Every byte of the file is covered by some checksum.
        assertEquals(good.length, dropped);
    }

    @Test
    void aFileThatChangesUnderARunningNodeIsDropped() throws Exception {
        // So little memory that blocks come from SSD each time.
        NodeConfig config = config().withMemory(1 << 20, 64 << 20);
        NodeServer node = NodeServer.start(config);
        try (TestClient client = new TestClient(node)) {
            right(client);
            drain(node);
            Path segment = segments().getFirst();
            long size = Files.size(segment);
            try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                for (long at = 4_096; at < size; at += 65_536) {
                    channel.write(ByteBuffer.wrap(new byte[64]), at);
                }
            }
            right(client);
            assertTrue(node.metrics().value(Counter.SSD_BAD_RECORDS) > 0);
            try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                channel.truncate(1_000);
            }
            right(client);
            Leaks.idle(node);
        } finally {
            node.close();
        }
    }

    @Test
    void filesMayBeCutAnywhere() throws Exception {
        answer(config());
        Path segment = segments().getFirst();
        byte[] good = Files.readAllBytes(segment);
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 12; round++) {
            int length = round < 3 ? round * 64 : random.nextInt(good.length);
            try (Stream<Path> files = Files.list(ssd.resolve("blocks"))) {
                for (Path old : files.toList()) {
                    Files.delete(old);
                }
            }
            Files.write(segment, java.util.Arrays.copyOf(good, length));
            answer(config());
        }
    }

    @Test
    void theFolderMayGoUnderARunningNode() throws Exception {
        NodeServer node = NodeServer.start(config().withMemory(1 << 20, 64 << 20));
        try (TestClient client = new TestClient(node)) {
            right(client);
            drain(node);
            try (Stream<Path> all = Files.walk(ssd)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
            right(client);
            lake.orders(folder.resolve("more.parquet"), 1_000, 2_048);
            assertEquals(
                    1_000L,
                    client.execute(Orders.total(null), lake.slices(folder.resolve("more.parquet")))
                            .rows()
                            .getFirst()
                            .getFirst());
        } finally {
            node.close();
        }
    }

    /** The operating system lets the other process write no further, in the middle of a record: what a full disk does. */
    @Test
    void aFullDiskIsNoError() throws Exception {
        try (NodeProcess node = NodeProcess.startWithFilesUpTo(1 << 20, ssd);
                TestClient client = node.client()) {
            right(client);
            CacheTier kept = client.cache(CacheRequest.newBuilder()
                            .setAction(CacheAction.CACHE_ACTION_STATS)
                            .build())
                    .getSsd();
            assertTrue(kept.getBlocks() < client.status().getMemory().getBlocks(), "all was written: " + kept);
            long bytes = 0;
            for (Path segment : segments()) {
                bytes += Files.size(segment);
            }
            assertEquals(kept.getUsedBytes(), bytes, "what was written in vain takes its place back");
            right(client);
            assertEquals(143, node.terminate());
        }
        answer(config());
        assertEquals(0, answer(config()).getLakeRequests());
    }

    @Test
    void aFolderHasOneNode() {
        NodeServer first = NodeServer.start(config());
        try {
            AquiferException second = assertThrows(AquiferException.class, () -> NodeServer.start(config()));
            assertEquals(ErrorCode.USAGE, second.code());
            assertTrue(String.valueOf(second.getMessage()).contains("another node"), second.getMessage());
        } finally {
            first.close();
        }
        answer(config());
    }

    @Test
    void aFolderHasOneNodeAlsoOverProcesses() throws Exception {
        try (NodeProcess other = NodeProcess.start(ssd)) {
            AquiferException second = assertThrows(AquiferException.class, () -> NodeServer.start(config()));
            assertEquals(ErrorCode.USAGE, second.code());
            other.kill();
        }
        answer(config());
    }
}
