package dev.aquifer.lake.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.demo.s3.EmbeddedS3;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.ObjectVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a real S3 server with signatures on. */
class S3StoreTest {
    @TempDir
    static Path folder;

    private static EmbeddedS3 s3;
    private static S3Client objects;

    @BeforeAll
    static void start() {
        s3 = EmbeddedS3.start(folder);
        objects = s3.newClient();
        objects.createBucket(request -> request.bucket("lake"));
    }

    @AfterAll
    static void stop() {
        objects.close();
        s3.close();
    }

    /** Settings with the right keys and short waits. */
    private static LakeConfig config(EmbeddedS3 server) {
        return LakeConfig.defaults()
                .withEndpoint(server.endpoint(), server.accessKey(), server.secretKey())
                .withRetries(3, Duration.ofMillis(20))
                .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    private static void put(S3Client client, String key, byte[] content) {
        client.putObject(request -> request.bucket("lake").key(key), RequestBody.fromBytes(content));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void readsAnyRangeInPartsOrWhole() {
        byte[] content = bytes(3_000_001);
        put(objects, "ranges/object", content);
        try (Lake lake = new Lake(config(s3).withParts(4, 100_000))) {
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
        put(objects, "counted/object", bytes(1000));
        try (Lake lake = new Lake(config(s3))) {
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
        keys.forEach(key -> put(objects, key, bytes(3)));
        try (Lake lake = new Lake(config(s3))) {
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
            try (S3Store small = S3Store.open(config(s3), metrics, 2)) {
                assertEquals(found, small.list("s3://lake/many/"));
            }
            assertEquals(3, metrics.snapshot().s3Requests());
        }
    }

    /** Keys are names, not URLs: nothing in them has a meaning but the slash. */
    @Test
    void keysOfAnyCharacters() {
        List<String> names = List.of(
                "a+b.parquet",
                "a b  c.parquet",
                "a%2Bb.parquet",
                "a#b.parquet",
                "a&b=c;d.parquet",
                "a'\"<>.parquet",
                "a:@!$,~().parquet",
                "100%.parquet",
                "日本 🦆.parquet",
                "e\u0301.parquet",
                "what?.parquet",
                "[x]{y}.parquet");
        names.forEach(name -> put(objects, "odd/" + name, name.getBytes(StandardCharsets.UTF_8)));
        try (Lake lake = new Lake(config(s3))) {
            assertEquals(
                    names.stream().map(name -> "s3://lake/odd/" + name).collect(Collectors.toSet()),
                    lake.resolve("s3://lake/odd/").stream()
                            .map(file -> file.object().uri())
                            .collect(Collectors.toSet()));
            for (String name : names) {
                ObjectVersion version =
                        lake.resolve("s3://lake/odd/" + name).getFirst().object();
                ByteBuffer read = ByteBuffer.allocate((int) version.size());
                lake.read(version, 0, read);
                assertEquals(name, new String(read.array(), StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void aReplacedObjectIsNeverReadAsTheOldOne() {
        put(objects, "changing/object", bytes(1000));
        try (Lake lake = new Lake(config(s3))) {
            ObjectVersion old = lake.head("s3://lake/changing/object");
            byte[] other = bytes(1000);
            other[999] ^= 1;
            put(objects, "changing/object", other);
            Failures.expect(
                    ErrorCode.OBJECT_CHANGED,
                    () -> lake.read(old, 0, ByteBuffer.allocate(10)),
                    "s3://lake/changing/object");
            ObjectVersion now = lake.head("s3://lake/changing/object");
            assertNotEquals(old, now);
            ByteBuffer read = ByteBuffer.allocate(1000);
            lake.read(now, 0, read);
            assertArrayEquals(other, read.array());
            objects.deleteObject(request -> request.bucket("lake").key("changing/object"));
            Failures.expect(
                    ErrorCode.OBJECT_NOT_FOUND, () -> lake.read(now, 0, ByteBuffer.allocate(10)), "changing/object");
        }
    }

    @Test
    void failuresSayWhatIsWrong() {
        put(objects, "plain/object", bytes(10));
        try (Lake lake = new Lake(config(s3))) {
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
        LakeConfig wrongSecret = config(s3).withEndpoint(s3.endpoint(), s3.accessKey(), "wrong");
        try (Lake lake = new Lake(wrongSecret)) {
            Failures.expect(
                    ErrorCode.ACCESS_DENIED,
                    () -> lake.head("s3://lake/plain/object"),
                    "secret key",
                    s3.accessKey(),
                    s3.endpoint());
            Failures.expect(ErrorCode.ACCESS_DENIED, () -> lake.resolve("s3://lake/plain/"), "secret key");
            assertEquals(0, lake.metrics().snapshot().s3Retries());
        }
        LakeConfig wrongKey = config(s3).withEndpoint(s3.endpoint(), "NOBODY", s3.secretKey());
        try (Lake lake = new Lake(wrongKey)) {
            Failures.expect(ErrorCode.ACCESS_DENIED, () -> lake.head("s3://lake/plain/object"), "access key", "NOBODY");
        }
    }

    @Test
    void aServerThatGoesAwayAndComesBack(@TempDir Path other) throws Exception {
        EmbeddedS3 server = EmbeddedS3.start(other);
        int port = server.port();
        byte[] content = bytes(100_000);
        try (S3Client client = server.newClient();
                Lake lake = new Lake(config(server));
                Lake patient = new Lake(config(server).withRetries(30, Duration.ofMillis(100)))) {
            client.createBucket(request -> request.bucket("lake"));
            put(client, "object", content);
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
                    started = EmbeddedS3.start(other, server.accessKey(), server.secretKey(), port);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            ByteBuffer read = ByteBuffer.allocate(100_000);
            patient.read(version, 0, read);
            assertArrayEquals(content, read.array());
            assertTrue(patient.metrics().snapshot().s3Retries() > 0);
            restart.join();
        } finally {
            EmbeddedS3 again = started;
            if (again != null) {
                again.close();
            }
        }
    }

    private static volatile @Nullable EmbeddedS3 started;

    @Test
    void readsTableFilesBelowAPrefix() {
        for (String key : List.of(
                "table/year=2023/month=01/part-0.parquet",
                "table/year=2024/month=02/part-0.parquet",
                "table/year=2024/month=02/_temporary/part-9.parquet",
                "table/_SUCCESS",
                "tableau/part.parquet")) {
            put(objects, key, key.getBytes(StandardCharsets.UTF_8));
        }
        // The mark of a folder is empty: the server leaves a body unread here, and cuts off who is still writing it.
        put(objects, "table/", new byte[0]);
        try (Lake lake = new Lake(config(s3))) {
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
