package dev.aquifer.engine.execute;

import dev.aquifer.engine.client.NodeChannel;
import dev.aquifer.engine.client.NodePool;
import dev.aquifer.engine.client.NodeRequest;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.source.Slice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An access as its nodes are asked for it, made at the first use and kept for as long as the plan is. Thread-safe. */
final class NodeRequests {
    private record Made(NodePool nodes, Map<NodeChannel, NodeRequest> requests) {}

    private final Fragment fragment;
    private final Fragment whole;
    private final List<Slice> slices;
    private volatile @Nullable Made made;

    /**
     * @param fragment for each of several nodes
     * @param whole for a node that has all slices, and so all groups
     */
    NodeRequests(Fragment fragment, Fragment whole, List<Slice> slices) {
        this.fragment = fragment;
        this.whole = whole;
        this.slices = slices;
    }

    /** For each node that owns some of the slices. */
    Map<NodeChannel, NodeRequest> to(NodePool nodes) {
        Made known = made;
        if (known == null || !known.nodes.equals(nodes)) {
            known = new Made(nodes, NodeRequest.of(nodes, fragment, whole, slices));
            made = known;
        }
        return known.requests;
    }

    /** Whether one node has all slices, and completes the groups. */
    static boolean areWhole(Map<NodeChannel, ?> nodes) {
        return nodes.size() == 1;
    }
}
