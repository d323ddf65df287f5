package dev.aquifer.engine.execute;

import dev.aquifer.engine.client.NodeChannel;
import dev.aquifer.protocol.proto.PlanResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where an access runs, and why.
 *
 * @param reason one line
 * @param plans what each node that owns slices would do; empty where none was asked
 */
record Decision(boolean push, String reason, Map<NodeChannel, PlanResponse> plans) {
    Decision {
        plans = new LinkedHashMap<>(plans);
    }
}
