package dev.aquifer.lake.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aquifer.lake.object.FaultyS3.Fault;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.ObjectVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server does on a bad day. */
class S3FaultsTest {
    private static final byte[] CONTENT =
            "the quick brown fox jumps over the lazy dog".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private FaultyS3 server;
    private Lake lake;
    private ObjectVersion version;

    @BeforeEach
    void start() throws IOException {
        server = new FaultyS3(CONTENT);
        lake = new Lake(server.config());
        version = lake.head("s3://bucket/key");
    }

    @AfterEach
    void stop() {
        lake.close();
        server.close();
    }

    private byte[] read() {
        ByteBuffer buffer = ByteBuffer.allocate(CONTENT.length);
        lake.read(version, 0, buffer);
        return buffer.array();
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW_DOWN", "INTERNAL_ERROR", "CUT_BODY", "CLOSE", "HANG"})
    void whatPassesIsTriedAgain(Fault fault) {
        server.next(fault);
        assertArrayEquals(CONTENT, read());
        assertEquals(3, server.requests());
        assertEquals(1, lake.metrics().snapshot().s3Retries());
        assertEquals(CONTENT.length, lake.metrics().snapshot().s3Bytes());
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW_DOWN", "INTERNAL_ERROR", "CUT_BODY", "CLOSE"})
    void whatDoesNotPassEndsAfterTheLastAttempt(Fault fault) {
        server.next(fault, fault, fault, fault);
        Failures.expect(ErrorCode.STORAGE_UNAVAILABLE, this::read, "3 attempts", "127.0.0.1", "s3://bucket/key");
        assertEquals(4, server.requests());
    }

    @Test
    void aRefusalIsNotTriedAgain() {
        server.next(Fault.DENIED);
        Failures.expect(ErrorCode.ACCESS_DENIED, this::read, "AccessDenied", "s3:GetObject");
        assertEquals(2, server.requests());
    }

    @Test
    void aServerThatDoesNotKnowIfMatchIsNotBelieved() {
        server.next(Fault.OTHER_VERSION);
        Failures.expect(ErrorCode.OBJECT_CHANGED, this::read, "s3://bucket/key", "v1", "v2");
        assertEquals(2, server.requests());
    }

    @Test
    void anAnswerToAnotherRangeIsNotBelieved() {
        server.next(Fault.WHOLE_OBJECT, Fault.WHOLE_OBJECT, Fault.WHOLE_OBJECT);
        ByteBuffer buffer = ByteBuffer.allocate(5);
        Failures.expect(ErrorCode.STORAGE_UNAVAILABLE, () -> lake.read(version, 3, buffer), "range");
    }

    @Test
    void anAnswerWithoutAVersionIsNotBelieved() {
        server.next(Fault.NO_VERSION);
        Failures.expect(ErrorCode.UNSUPPORTED_FILE, this::read, "ETag", "s3://bucket/key");
        server.next(Fault.LIST_WITHOUT_VERSIONS);
        Failures.expect(ErrorCode.UNSUPPORTED_FILE, () -> lake.list("s3://bucket/"), "ETag", "s3://bucket/key");
    }

    /** What is asked for is within the planned version. */
    @Test
    void aRangeThatIsNoLongerThereMeansAReplacedObject() {
        server.next(Fault.RANGE_REFUSED);
        Failures.expect(ErrorCode.OBJECT_CHANGED, this::read, "s3://bucket/key");
    }

    @Test
    void aListThatBreaksOffIsNoList() {
        server.next(Fault.BROKEN_LIST);
        Failures.expect(ErrorCode.STORAGE_UNAVAILABLE, () -> lake.list("s3://bucket/"), "s3://bucket/", "list");
    }

    @Test
    void aBucketInAnotherRegionSaysSo() {
        server.next(Fault.MOVED, Fault.MOVED);
        Failures.expect(ErrorCode.USAGE, () -> lake.head("s3://bucket/key"), "bucket bucket", "AQUIFER_S3_REGION");
    }

    @Test
    void anInterruptEndsTheWait() throws InterruptedException {
        server.next(Fault.HANG, Fault.HANG, Fault.HANG);
        AtomicReference<AquiferException> failure = new AtomicReference<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                read();
            } catch (AquiferException e) {
                failure.set(e);
            }
        });
        while (server.requests() < 2) {
            Thread.sleep(5);
        }
        reader.interrupt();
        reader.join();
        AquiferException e = failure.get();
        assertEquals(ErrorCode.CANCELLED, e == null ? null : e.code());
    }
}
