package dev.aquifer.lake.object;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server of one object that speaks enough of S3 to be read, and fails as it is told to: what a sound server never does. */
final class FaultyS3 implements AutoCloseable {
    /** What to do with a request. */
    enum Fault {
        NONE,
        SLOW_DOWN,
        INTERNAL_ERROR,
        DENIED,
        CUT_BODY,
        CLOSE,
        WHOLE_OBJECT,
        OTHER_VERSION,
        NO_VERSION,
        RANGE_REFUSED,
        MOVED,
        BROKEN_LIST,
        LIST_WITHOUT_VERSIONS,
        HANG
    }

    static final String ETAG = "v1";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final byte[] content;
    private final Deque<Fault> faults = new ConcurrentLinkedDeque<>();
    private final AtomicInteger requests = new AtomicInteger();

    FaultyS3(byte[] content) throws IOException {
        this.content = content;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** The next requests fail so, in this order; those after them succeed. */
    void next(Fault... next) {
        faults.addAll(Arrays.asList(next));
    }

    int requests() {
        return requests.get();
    }

    LakeConfig config() {
        return LakeConfig.defaults()
                .withEndpoint("http://127.0.0.1:" + server.getAddress().getPort(), "key", "secret")
                .withRetries(3, Duration.ofMillis(20))
                .withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(700));
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        Fault fault = faults.poll();
        switch (fault == null ? Fault.NONE : fault) {
            case NONE -> serve(exchange, ETAG, true);
            case OTHER_VERSION -> serve(exchange, "v2", true);
            case WHOLE_OBJECT -> serve(exchange, ETAG, false);
            case SLOW_DOWN -> error(exchange, 503, "SlowDown");
            case INTERNAL_ERROR -> error(exchange, 500, "InternalError");
            case DENIED -> error(exchange, 403, "AccessDenied");
            case NO_VERSION -> serve(exchange, null, true);
            case RANGE_REFUSED -> error(exchange, 416, "InvalidRange");
            case MOVED -> error(exchange, 301, "PermanentRedirect");
            case BROKEN_LIST -> list(exchange, "<IsTruncated>true</IsTruncated>", "<ETag>\"v1\"</ETag>");
            case LIST_WITHOUT_VERSIONS -> list(exchange, "<IsTruncated>false</IsTruncated>", "");
            case CUT_BODY -> {
                exchange.getResponseHeaders().set("ETag", '"' + ETAG + '"');
                exchange.sendResponseHeaders(206, range(exchange)[1]);
                exchange.getResponseBody().write(content, 0, 1);
                exchange.getResponseBody().flush();
                throw new IOException("cut on purpose");
            }
            case CLOSE -> throw new IOException("closed on purpose");
            case HANG -> {
                try {
                    Thread.sleep(3000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("hung on purpose");
            }
        }
    }

    private int[] range(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            return new int[] {0, content.length};
        }
        int dash = range.indexOf('-');
        int from = Integer.parseInt(range.substring("bytes=".length(), dash));
        return new int[] {from, Integer.parseInt(range.substring(dash + 1)) + 1 - from};
    }

    /** The answer to a list request, with the one object in it. */
    private void list(HttpExchange exchange, String end, String tag) throws IOException {
        byte[] body = ("<ListBucketResult><Contents><Key>key</Key><Size>" + content.length + "</Size>" + tag
                        + "</Contents>" + end + "</ListBucketResult>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void serve(HttpExchange exchange, @Nullable String tag, boolean ranges) throws IOException {
        if (tag != null) {
            exchange.getResponseHeaders().set("ETag", '"' + tag + '"');
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            return;
        }
        int[] range = ranges ? range(exchange) : new int[] {0, content.length};
        exchange.sendResponseHeaders(ranges ? 206 : 200, range[1]);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(content, range[0], range[1]);
        }
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body = ("<Error><Code>" + code + "</Code><Message>on purpose</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
