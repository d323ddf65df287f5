package dev.aquifer.engine.execute;

import dev.aquifer.engine.client.NodeChannel;
import dev.aquifer.engine.client.NodePool;
import dev.aquifer.engine.client.NodeRequest;
import dev.aquifer.engine.client.NodeStream;
import dev.aquifer.protocol.proto.Statistics;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.fragment.Terminal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table access on nodes: one stream for each node that owns slices, partial results merged, rows in table order. */
final class PushedAccess implements BatchSource {
    private final Access access;
    private final Execution execution;
    private final AccessReport report;
    private final PartialMerge merge;
    private final List<NodeShare> shares = new ArrayList<>();
    private final ArrayDeque<Batch> ready = new ArrayDeque<>();
    private boolean done;

    /** @param token for the nodes, or null */
    PushedAccess(
            Access access,
            NodePool nodes,
            String device,
            String queryId,
            @Nullable String token,
            Execution execution,
            AccessReport report) {
        this.access = access;
        this.execution = execution;
        this.report = report;
        // An aggregation over no slices still has its row; it is the engine's own, and no node is asked.
        Map<NodeChannel, NodeRequest> requests = access.requests().to(nodes);
        this.merge = PartialMerge.of(access.work(), NodeRequests.areWhole(requests), execution.context());
        try {
            requests.forEach((node, request) ->
                    shares.add(new NodeShare(node, request, device, queryId, token, execution, report)));
        } catch (AquiferException e) {
            close();
            throw e;
        }
    }

    @Override
    public @Nullable Batch next() {
        while (ready.isEmpty() && !done) {
            execution.checkStop();
            NodeStream.Part part = merge.isFull() ? null : nextPart();
            if (part == null) {
                done = true;
                ready.addAll(merge.finish());
                finishReport();
            } else {
                ready.addAll(merge.add(part.batch()));
            }
        }
        return ready.poll();
    }

    /** For rows the part of the first stripe over all nodes; otherwise any. */
    private NodeStream.@Nullable Part nextPart() {
        boolean ordered = access.fragment().terminal() instanceof Terminal.Rows;
        NodeShare best = null;
        long bestOrdinal = Long.MAX_VALUE;
        for (NodeShare share : shares) {
            Long ordinal = share.peekOrdinal();
            if (ordinal != null && (best == null || ordinal < bestOrdinal)) {
                best = share;
                bestOrdinal = ordinal;
                if (!ordered) {
                    break;
                }
            }
        }
        return best == null ? null : best.next();
    }

    private void finishReport() {
        long limit = access.fragment().terminal() instanceof Terminal.Rows rows && rows.limit() >= 0
                ? rows.limit()
                : Long.MAX_VALUE;
        for (NodeShare share : shares) {
            if (!merge.isFull() || share.rows() >= limit) {
                // The node is at its end too, and tells what it did; another may be far from it.
                share.drain();
            }
            report(share);
        }
    }

    private void report(NodeShare share) {
        Statistics stats = share.statistics();
        if (stats == null) {
            report.note("node " + share.node() + " did not come to its end: what it read is not counted");
        } else {
            report.device(stats.getDevice());
            report.stripes(0, stats.getStripesPruned());
            report.program(stats.getProgramCacheHit());
            report.bytes(stats.getLakeBytesFetched(), stats.getBytesFromSsd(), stats.getBytesFromMemory());
            report.rows(stats.getRowsScanned(), 0);
        }
    }

    @Override
    public void close() {
        if (!done) {
            done = true;
            shares.forEach(this::report);
        }
        shares.forEach(NodeShare::close);
        merge.close();
    }
}
