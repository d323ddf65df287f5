package dev.aquifer.engine.execute;

import dev.aquifer.engine.client.NodeChannel;
import dev.aquifer.engine.client.NodeRequest;
import dev.aquifer.engine.client.NodeStream;
import dev.aquifer.protocol.proto.Statistics;
import dev.aquifer.spi.error.AquiferException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one node does of an access. A node that says it is busy is asked again after the time that it names, if that is short. */
final class NodeShare implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final NodeChannel node;
    private final NodeRequest request;
    private final String device;
    private final String queryId;
    private final @Nullable String token;
    private final Execution execution;
    private final AccessReport report;
    private NodeStream stream;
    private int attempts = 1;
    private boolean began;
    private long rows;
    private long reportedBytes;

    NodeShare(
            NodeChannel node,
            NodeRequest request,
            String device,
            String queryId,
            @Nullable String token,
            Execution execution,
            AccessReport report) {
        this.node = node;
        this.request = request;
        this.device = device;
        this.queryId = queryId;
        this.token = token;
        this.execution = execution;
        this.report = report;
        this.stream = start();
    }

    private NodeStream start() {
        return node.execute(request, device, queryId, token, execution.context().stop());
    }

    /** The stripe of the next batch, or null after the last. */
    @Nullable
    Long peekOrdinal() {
        while (true) {
            try {
                Long ordinal = stream.peekOrdinal();
                began = true;
                return ordinal;
            } catch (AquiferException e) {
                Duration wait = e.retryAfter().orElse(LONGEST_WAIT);
                if (began || attempts == ATTEMPTS || e.retryAfter().isEmpty() || wait.compareTo(LONGEST_WAIT) > 0) {
                    throw e;
                }
                attempts++;
                stream.close();
                report.note("node " + node + " was busy");
                Pause.of(wait, execution.context().stop());
                stream = start();
                reportedBytes = 0;
            }
        }
    }

    NodeStream.@Nullable Part next() {
        NodeStream.Part part = stream.next();
        long bytes = stream.wireBytes();
        report.wire(bytes - reportedBytes);
        reportedBytes = bytes;
        if (part != null) {
            rows += part.batch().rows();
            report.rows(0, part.batch().rows());
        }
        return part;
    }

    /** Rows that came so far. */
    long rows() {
        return rows;
    }

    /** Reads to the end of what the node has to say; for a node that has no rows left to send. */
    void drain() {
        while (peekOrdinal() != null) {
            next();
        }
        next();
    }

    NodeChannel node() {
        return node;
    }

    /** What the node did, once it has ended; null before. */
    @Nullable
    Statistics statistics() {
        return stream.statistics();
    }

    @Override
    public void close() {
        stream.close();
    }
}
