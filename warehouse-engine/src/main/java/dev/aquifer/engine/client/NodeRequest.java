package dev.aquifer.engine.client;

import com.google.protobuf.ByteString;
import dev.aquifer.protocol.substrait.FragmentRequest;
import dev.aquifer.protocol.substrait.SubstraitWriter;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.DataType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one node is asked for: a fragment over its slices, as the bytes of a plan. Made once and sent as often as the query runs:
 * a node also knows the bytes again.
 */
public final class NodeRequest {
    private final ByteString plan;
    private final List<DataType> outputTypes;

    private NodeRequest(ByteString plan, List<DataType> outputTypes) {
        this.plan = plan;
        this.outputTypes = outputTypes;
    }

    /**
     * The requests of all nodes that own some of the slices.
     *
     * @param fragment for each of several nodes
     * @param whole for a node that owns them all
     */
    public static Map<NodeChannel, NodeRequest> of(
            NodePool nodes, Fragment fragment, Fragment whole, List<Slice> slices) {
        Map<NodeChannel, NodeRequest> requests = new LinkedHashMap<>();
        Map<NodeChannel, List<Slice>> parts = nodes.assign(slices);
        Fragment asked = parts.size() == 1 ? whole : fragment;
        parts.forEach((node, part) -> requests.put(
                node, new NodeRequest(SubstraitWriter.toBytes(new FragmentRequest(asked, part)), asked.outputTypes())));
        return requests;
    }

    ByteString plan() {
        return plan;
    }

    List<DataType> outputTypes() {
        return outputTypes;
    }
}
