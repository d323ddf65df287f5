package dev.aquifer.lake.object;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.ObjectVersion;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * S3, or a server that speaks its protocol. Long reads are cut into parts and fetched in parallel; every part asks for
 * the planned version (If-Match) and checks that it got it. Retries are made here and not in the SDK, because the SDK does
 * not repeat what breaks in the middle of a body, and does not say how often it tried.
 */
final class S3Store implements ObjectStore, AutoCloseable {
    /** Keys that one list request asks for, the most that S3 gives. */
    private static final int LIST_KEYS = 1000;

    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

    private final LakeConfig config;
    private final LakeMetrics metrics;
    private final S3Client client;
    private final S3Errors errors;
    private final Semaphore inFlight;
    private final int listKeys;
    private final ExecutorService parts = Executors.newVirtualThreadPerTaskExecutor();

    private S3Store(LakeConfig config, LakeMetrics metrics, S3Client client, int listKeys) {
        this.config = config;
        this.metrics = metrics;
        this.client = client;
        this.errors = new S3Errors(config);
        this.inFlight = new Semaphore(config.requests().parallelism());
        this.listKeys = listKeys;
    }

    static S3Store open(LakeConfig config, LakeMetrics metrics) {
        return open(config, metrics, LIST_KEYS);
    }

    static S3Store open(LakeConfig config, LakeMetrics metrics, int listKeys) {
        return new S3Store(config, metrics, S3Clients.open(config), listKeys);
    }

    @Override
    public ObjectVersion head(String uri) {
        S3Location at = S3Location.parse(uri);
        return attempt(at, () -> headOnce(at));
    }

    private ObjectVersion headOnce(S3Location at) {
        try {
            HeadObjectResponse head =
                    client.headObject(request -> request.bucket(at.bucket()).key(at.key()));
            return new ObjectVersion(at.uri(), tag(at.uri(), head.eTag()), head.contentLength());
        } catch (SdkException e) {
            if (S3Errors.needsBody(e)) {
                // An answer to HEAD has no body and so no error code; the same failure of a GET has one.
                metrics.s3Requests.increment();
                client.getObjectAsBytes(
                        request -> request.bucket(at.bucket()).key(at.key()).range("bytes=0-0"));
            }
            throw e;
        }
    }

    @Override
    public List<ObjectVersion> list(String prefix) {
        S3Location at = S3Location.parse(prefix);
        List<ObjectVersion> found = new ArrayList<>();
        String continuation = null;
        do {
            ListObjectsV2Response page = listPage(at, continuation);
            for (S3Object object : page.contents()) {
                String uri = S3Location.uri(at.bucket(), object.key());
                found.add(new ObjectVersion(uri, tag(uri, object.eTag()), object.size()));
            }
            continuation = Boolean.TRUE.equals(page.isTruncated()) ? next(at, page, continuation) : null;
        } while (continuation != null);
        found.sort(Names.BY_URI); // S3 promises the order, servers like it do not all keep it
        return found;
    }

    /** A list that breaks off in silence would lose rows. */
    private static String next(S3Location at, ListObjectsV2Response page, @Nullable String continuation) {
        String next = page.nextContinuationToken();
        if (next == null || next.equals(continuation)) {
            throw new AquiferException(
                    ErrorCode.STORAGE_UNAVAILABLE,
                    "the server does not say how the list of " + at.uri() + " goes on; it must speak ListObjectsV2");
        }
        return next;
    }

    private ListObjectsV2Response listPage(S3Location at, @Nullable String continuation) {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(at.bucket())
                .prefix(at.key())
                .continuationToken(continuation)
                .maxKeys(listKeys)
                .build();
        return attempt(at, () -> client.listObjectsV2(request));
    }

    @Override
    public void read(ObjectVersion version, long offset, ByteBuffer into) {
        FileStore.checkRange(version, offset, into.remaining());
        S3Location at = S3Location.parse(version.uri());
        int length = into.remaining();
        if (length == 0) {
            return;
        }
        if (length <= config.requests().partBytes()) {
            readPart(version, at, offset, into.slice());
        } else {
            readParts(version, at, offset, into);
        }
        into.position(into.limit());
    }

    private void readParts(ObjectVersion version, S3Location at, long offset, ByteBuffer into) {
        int length = into.remaining();
        // Equal parts: a short last one would be waited for as long as a full one.
        int count = Math.toIntExact((length + (long) config.requests().partBytes() - 1)
                / config.requests().partBytes());
        int each = length / count + 1;
        List<Future<?>> running = new ArrayList<>(count);
        try {
            for (int from = 0; from < length; from += each) {
                int start = from;
                ByteBuffer part = into.slice(into.position() + start, Math.min(each, length - start));
                running.add(parts.submit(() -> readPart(version, at, offset + start, part)));
            }
            for (Future<?> part : running) {
                part.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AquiferException(ErrorCode.CANCELLED, "interrupted while reading " + version.uri(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AquiferException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            for (Future<?> part : running) {
                part.cancel(true);
            }
        }
    }

    private void readPart(ObjectVersion version, S3Location at, long offset, ByteBuffer into) {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(at.bucket())
                .key(at.key())
                .range("bytes=" + offset + "-" + (offset + into.remaining() - 1))
                .ifMatch("\"" + version.version() + "\"")
                .build();
        attempt(
                at,
                () -> client.getObject(request, (response, body) -> {
                    checkVersion(version, response);
                    checkRange(offset, response);
                    fill(into.duplicate(), body);
                    return into;
                }));
        metrics.s3Bytes.add(into.remaining());
    }

    /** Not every server that speaks S3 honours If-Match. */
    private static void checkVersion(ObjectVersion version, GetObjectResponse response) {
        String tag = tag(version.uri(), response.eTag());
        if (!tag.equals(version.version())) {
            throw new AquiferException(
                    ErrorCode.OBJECT_CHANGED,
                    version.uri() + " was replaced since the query was planned: version " + version.version()
                            + " became " + tag);
        }
    }

    /** A range that was not asked for can have the right length by chance. */
    private static void checkRange(long offset, GetObjectResponse response) throws IOException {
        String range = response.contentRange();
        if (range != null && !range.startsWith("bytes " + offset + "-")) {
            throw new EOFException("the answer has the range '" + range + "' and not what begins at byte " + offset);
        }
    }

    private static void fill(ByteBuffer into, InputStream body) throws IOException {
        byte[] direct = into.hasArray() ? into.array() : null;
        byte[] piece = direct == null ? new byte[Math.min(into.remaining(), 1 << 16)] : direct;
        while (into.hasRemaining()) {
            int read = direct == null
                    ? body.read(piece, 0, Math.min(piece.length, into.remaining()))
                    : body.read(direct, into.arrayOffset() + into.position(), into.remaining());
            if (read < 0) {
                throw new EOFException("the answer ended " + into.remaining() + " bytes early");
            }
            if (direct == null) {
                into.put(piece, 0, read);
            } else {
                into.position(into.position() + read);
            }
        }
        if (body.read() >= 0) {
            throw new EOFException("the answer is longer than the range asked for");
        }
    }

    /** Runs one request, again where that can help, and translates what is left. */
    private <T> T attempt(S3Location at, Supplier<T> request) {
        for (int attempt = 1; ; attempt++) {
            SdkException failure;
            acquire(at);
            try {
                metrics.s3Requests.increment();
                return request.get();
            } catch (SdkException e) {
                failure = e;
            } finally {
                inFlight.release();
            }
            if (attempt == config.requests().attempts() || !isTransient(failure)) {
                throw errors.translate(failure, at, attempt);
            }
            metrics.s3Retries.increment();
            pause(attempt, at);
        }
    }

    private static boolean isTransient(SdkException e) {
        return S3Errors.find(e, AquiferException.class) == null && S3Errors.isTransient(e);
    }

    private void acquire(S3Location at) {
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            throw interrupted(at, e);
        }
    }

    /** Doubles with every attempt; half of it is random, so that many readers do not come back at once. */
    private void pause(int attempt, S3Location at) {
        long longest = Math.min(
                LONGEST_BACKOFF.toMillis(), config.requests().backoff().toMillis() << Math.min(attempt - 1, 20));
        try {
            Thread.sleep(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
        } catch (InterruptedException e) {
            throw interrupted(at, e);
        }
    }

    private static AquiferException interrupted(S3Location at, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AquiferException(ErrorCode.CANCELLED, "interrupted while reading " + at.uri(), e);
    }

    /** An ETag without its quotes. */
    private static String tag(String uri, @Nullable String eTag) {
        if (eTag == null) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED_FILE,
                    "the server gives no ETag for " + uri + ", without which a replaced object is not noticed");
        }
        return eTag.startsWith("\"") && eTag.endsWith("\"") && eTag.length() > 1
                ? eTag.substring(1, eTag.length() - 1)
                : eTag;
    }

    @Override
    public void close() {
        parts.shutdownNow();
        client.close();
    }
}
