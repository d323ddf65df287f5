package dev.aquifer.engine.client;

import dev.aquifer.spi.source.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes of an engine, and which slices each owns: rendezvous hashing on file and row group, so that a node that comes or
 * goes moves no slices among the others. Thread-safe.
 */
public final class NodePool implements AutoCloseable {
    private final List<NodeChannel> nodes;

    private NodePool(List<NodeChannel> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** Channels connect when they are first used. */
    public static NodePool open(List<String> addresses) {
        List<NodeChannel> nodes = new ArrayList<>();
        for (String address : addresses) {
            nodes.add(NodeChannel.open(NodeAddress.parse(address)));
        }
        return new NodePool(nodes);
    }

    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    public List<NodeChannel> nodes() {
        return nodes;
    }

    /** The slices of each node that has any, in their order. */
    public Map<NodeChannel, List<Slice>> assign(List<Slice> slices) {
        Map<NodeChannel, List<Slice>> assigned = new LinkedHashMap<>();
        for (Slice slice : slices) {
            assigned.computeIfAbsent(owner(slice), node -> new ArrayList<>()).add(slice);
        }
        return assigned;
    }

    private NodeChannel owner(Slice slice) {
        NodeChannel best = nodes.getFirst();
        if (nodes.size() == 1) {
            return best;
        }
        long bestWeight = weight(best, slice);
        for (NodeChannel node : nodes.subList(1, nodes.size())) {
            long weight = weight(node, slice);
            if (weight > bestWeight) {
                best = node;
                bestWeight = weight;
            }
        }
        return best;
    }

    private static long weight(NodeChannel node, Slice slice) {
        long hash = 0xCBF2_9CE4_8422_2325L;
        String key = node.address() + "|" + slice.object().uri() + "|" + slice.rowGroup();
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b) * 0x100_0000_01B3L;
        }
        hash = (hash ^ hash >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        hash = (hash ^ hash >>> 27) * 0x94D0_49BB_1331_11EBL;
        return hash ^ hash >>> 31;
    }

    @Override
    public void close() {
        nodes.forEach(NodeChannel::close);
    }
}
