package dev.aquifer.lake.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.ObjectVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real S3 server with signatures on. */
class S3StoreTest {
    @TempDir
    static Path folder;

    private static TestS3 s3;

    @BeforeAll
    static void start() throws Exception {
        s3 = TestS3.start(folder, 0);
        s3.bucket("lake");
    }

    @AfterAll
    static void stop() throws Exception {
        s3.close();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void readsAnyRangeInPartsOrWhole() {
        byte[] content = bytes(3_000_001);
        s3.put("lake", "ranges/object", content);
        try (Lake lake = new Lake(s3.config().withParts(4, 100_000))) {
            ObjectVersion version = lake.head("s3://lake/ranges/object");
            assertEquals(content.length, version.size());
            for (int[] range : new int[][] {
                {0, 1}, {0, 100_000}, {0, 100_001}, {7, 0}, {2_999_999, 2}, {0, 3_000_001}, {123, 1_999_999}
            }) {
                ByteBuffer heap = ByteBuffer.allocate(range[1] + 10).position(3).limit(range[1] + 3);
                lake.read(version, range[0], heap);
                assertEquals(heap.limit(), heap.position());
                byte[] expected = Arrays.copyOfRange(content, range[0], range[0] + range[1]);
                assertArrayEquals(expected, Arrays.copyOfRange(heap.array(), 3, range[1] + 3));
                ByteBuffer direct = ByteBuffer.allocateDirect(range[1]);
                lake.read(version, range[0], direct);
                byte[] read = new byte[range[1]];
                direct.flip().get(read);
                assertArrayEquals(expected, read);
            }
        }
    }

    @Test
    void countsWhatItFetches() {
        s3.put("lake", "counted/object", bytes(1000));
        try (Lake lake = new Lake(s3.config())) {
            ObjectVersion version = lake.head("s3://lake/counted/object");
            LakeMetrics.Snapshot before = lake.metrics().snapshot();
            lake.read(version, 10, ByteBuffer.allocate(500));
            LakeMetrics.Snapshot delta = lake.metrics().snapshot().since(before);
            assertEquals(new LakeMetrics.Snapshot(1, 500, 0, 0, 0), delta);
            assertEquals(500, delta.bytes());
        }
    }

    @Test
    void listsInOrderOverManyPages() {
        List<String> keys = List.of("many/a b%20c", "many/z", "many/é", "many/deep/x=1/y", "many/B");
        keys.forEach(key -> s3.put("lake", key, bytes(3)));
        try (Lake lake = new Lake(s3.config())) {
            List<ObjectVersion> found = lake.list("s3://lake/many/");
            assertEquals(5, found.size());
            assertEquals("s3://lake/many/B", found.getFirst().uri());
            assertEquals("s3://lake/many/é", found.getLast().uri());
            ObjectVersion odd = found.get(1);
            assertEquals("s3://lake/many/a b%20c", odd.uri());
            assertEquals(odd, lake.head(odd.uri()));
            lake.read(odd, 0, ByteBuffer.allocate(3));
            assertEquals(List.of(), lake.list("s3://lake/nothing/here"));
            LakeMetrics metrics = new LakeMetrics();
            try (S3Store small = S3Store.open(s3.config(), metrics, 2)) {
                assertEquals(found, small.list("s3://lake/many/"));
            }
            assertEquals(3, metrics.snapshot().s3Requests());
        }
    }

    @Test
    void aReplacedObjectIsNeverReadAsTheOldOne() {
        s3.put("lake", "changing/object", bytes(1000));
        try (Lake lake = new Lake(s3.config())) {
            ObjectVersion old = lake.head("s3://lake/changing/object");
            byte[] other = bytes(1000);
            other[999] ^= 1;
            s3.put("lake", "changing/object", other);
            Failures.expect(
                    ErrorCode.OBJECT_CHANGED,
                    () -> lake.read(old, 0, ByteBuffer.allocate(10)),
                    "s3://lake/changing/object");
            ObjectVersion now = lake.head("s3://lake/changing/object");
            assertNotEquals(old, now);
            ByteBuffer read = ByteBuffer.allocate(1000);
            lake.read(now, 0, read);
            assertArrayEquals(other, read.array());
            s3.delete("lake", "changing/object");
            Failures.expect(
                    ErrorCode.OBJECT_NOT_FOUND, () -> lake.read(now, 0, ByteBuffer.allocate(10)), "changing/object");
        }
    }

    @Test
    void failuresSayWhatIsWrong() {
        s3.put("lake", "plain/object", bytes(10));
        try (Lake lake = new Lake(s3.config())) {
            Failures.expect(
                    ErrorCode.OBJECT_NOT_FOUND, () -> lake.head("s3://lake/plain/other"), "plain/other", "bucket lake");
            Failures.expect(
                    ErrorCode.OBJECT_NOT_FOUND,
                    () -> lake.head("s3://no-such-bucket/x"),
                    "no such bucket: no-such-bucket");
            Failures.expect(
                    ErrorCode.OBJECT_NOT_FOUND,
                    () -> lake.list("s3://no-such-bucket/x"),
                    "no such bucket: no-such-bucket");
            Failures.expect(
                    ErrorCode.OBJECT_NOT_FOUND,
                    () -> lake.resolve("s3://no-such-bucket/x"),
                    "no such bucket: no-such-bucket");
            Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> lake.head("s3:///key"), "bucket");
            assertEquals(0, lake.metrics().snapshot().s3Retries());
        }
        LakeConfig wrongSecret = s3.config().withEndpoint(s3.endpoint(), TestS3.ACCESS_KEY, "wrong");
        try (Lake lake = new Lake(wrongSecret)) {
            Failures.expect(
                    ErrorCode.ACCESS_DENIED,
                    () -> lake.head("s3://lake/plain/object"),
                    "secret key",
                    TestS3.ACCESS_KEY,
                    s3.endpoint());
            Failures.expect(ErrorCode.ACCESS_DENIED, () -> lake.resolve("s3://lake/plain/"), "secret key");
            assertEquals(0, lake.metrics().snapshot().s3Retries());
        }
        LakeConfig wrongKey = s3.config().withEndpoint(s3.endpoint(), "NOBODY", TestS3.SECRET_KEY);
        try (Lake lake = new Lake(wrongKey)) {
            Failures.expect(ErrorCode.ACCESS_DENIED, () -> lake.head("s3://lake/plain/object"), "access key", "NOBODY");
        }
    }

    @Test
    void aServerThatGoesAwayAndComesBack(@TempDir Path other) throws Exception {
        TestS3 server = TestS3.start(other, 0);
        int port = server.port();
        byte[] content = bytes(100_000);
        try (Lake lake = new Lake(server.config().withRetries(3, Duration.ofMillis(20)));
                Lake patient = new Lake(server.config().withRetries(30, Duration.ofMillis(100)))) {
            server.bucket("lake");
            server.put("lake", "object", content);
            ObjectVersion version = lake.head("s3://lake/object");
            patient.head("s3://lake/object");
            server.close();
            Failures.expect(
                    ErrorCode.STORAGE_UNAVAILABLE,
                    () -> lake.read(version, 0, ByteBuffer.allocate(100_000)),
                    "127.0.0.1:" + port,
                    "3 attempts");
            Thread restart = Thread.ofPlatform().start(() -> {
                try {
                    Thread.sleep(400);
                    started = TestS3.start(other, port);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            ByteBuffer read = ByteBuffer.allocate(100_000);
            patient.read(version, 0, read);
            assertArrayEquals(content, read.array());
            assertTrue(patient.metrics().snapshot().s3Retries() > 0);
            restart.join();
        } finally {
            TestS3 again = started;
            if (again != null) {
                again.close();
            }
        }
    }

    private static volatile @Nullable TestS3 started;

    @Test
    void readsTableFilesBelowAPrefix() {
        for (String key : List.of(
                "table/year=2023/month=01/part-0.parquet",
                "table/year=2024/month=02/part-0.parquet",
                "table/year=2024/month=02/_temporary/part-9.parquet",
                "table/_SUCCESS",
                "table/",
                "tableau/part.parquet")) {
            s3.put("lake", key, key.getBytes(StandardCharsets.UTF_8));
        }
        try (Lake lake = new Lake(s3.config())) {
            List<LakeFile> files = lake.resolve("s3://lake/table");
            assertEquals(2, files.size());
            assertEquals(files, lake.resolve("s3://lake/table/"));
            assertEquals(files, lake.resolve("s3://lake/table/**/*.parquet"));
            assertEquals(files, lake.resolve("s3://lake/table/year=*"));
            assertEquals("year", files.getFirst().partitions().getFirst().column());
            assertEquals(2023L, files.getFirst().partitions().getFirst().value());
            assertEquals(
                    List.of(files.get(1).object()),
                    lake.resolve("s3://lake/table/year=2024/month=02/part-0.parquet").stream()
                            .map(LakeFile::object)
                            .toList());
            Failures.expect(ErrorCode.OBJECT_NOT_FOUND, () -> lake.resolve("s3://lake/tab"), "no object s3://lake/tab");
            Failures.expect(ErrorCode.OBJECT_NOT_FOUND, () -> lake.resolve("s3://lake/table/*.csv"), "no file matches");
        }
    }
}
