package dev.aquifer.engine.server;

import dev.aquifer.engine.session.Engine;
import dev.aquifer.protocol.status.Listening;
import dev.aquifer.spi.error.AquiferException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SQL over Arrow Flight SQL. The stock JDBC driver connects by {@code
 * jdbc:arrow-flight-sql://HOST:PORT/?useEncryption=false}, with {@code &token=TOKEN}, {@code &device=NAME} and {@code
 * &pushdown=on} where wanted. The engine stays its opener's, who closes it after the server.
 */
public final class FlightSqlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlightSqlServer.class);

    /** Flight reads messages through a method of gRPC's buffers that newer gRPC has not; without this it uses the stream. */
    private static final String ZERO_COPY_READ = "arrow.flight.enable_zero_copy_read";

    static {
        if (System.getProperty(ZERO_COPY_READ) == null) {
            System.setProperty(ZERO_COPY_READ, "false");
        }
    }

    /** What running queries get to end by themselves when the server closes. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final FlightServer server;
    private final SqlProducer producer;
    private final BufferAllocator memory;
    private final ExecutorService threads;

    private FlightSqlServer(
            FlightServer server, SqlProducer producer, BufferAllocator memory, ExecutorService threads) {
        this.server = server;
        this.producer = producer;
        this.memory = memory;
        this.threads = threads;
    }

    /**
     * Starts to listen.
     *
     * @throws AquiferException USAGE if the address cannot be bound
     */
    public static FlightSqlServer start(Engine engine, FlightSqlConfig config) {
        BufferAllocator memory = new RootAllocator(config.memoryBytes());
        // A call that streams holds its thread for as long as its client reads.
        ExecutorService threads = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("aquifer-flight-", 0).factory());
        SqlProducer producer = new SqlProducer(new Sessions(engine, config.defaults()), memory, threads);
        FlightServer server = FlightServer.builder(
                        memory, Location.forGrpcInsecure(config.host(), config.port()), producer)
                .headerAuthenticator(new TokenAuthenticator(config.tokens()))
                .executor(threads)
                .build();
        try {
            server.start();
        } catch (IOException e) {
            producer.close();
            memory.close();
            threads.shutdown();
            throw Listening.failed(config.host(), config.port(), e);
        }
        return new FlightSqlServer(server, producer, memory, threads);
    }

    /** The port it listens on. */
    public int port() {
        return server.getPort();
    }

    /** How many queries run now. */
    public int running() {
        return producer.running();
    }

    /** Waits until the server has been closed. */
    public void awaitTermination() throws InterruptedException {
        server.awaitTermination();
    }

    /** Takes no more calls, lets running ones end for a moment, then ends them. */
    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("ending queries that still run");
            }
            server.close();
            threads.shutdown();
            if (!threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a query did not end within {}", GRACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
        try {
            memory.close();
        } catch (IllegalStateException e) {
            LOG.warn("memory of results was not given back: {}", e.getMessage());
        }
    }
}
