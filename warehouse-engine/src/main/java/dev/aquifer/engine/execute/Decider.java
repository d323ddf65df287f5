package dev.aquifer.engine.execute;

import dev.aquifer.engine.client.NodeAddress;
import dev.aquifer.engine.client.NodeChannel;
import dev.aquifer.engine.client.NodePool;
import dev.aquifer.protocol.proto.PlanResponse;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCategory;
import dev.aquifer.spi.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides between pushing and pulling, by cost where it is free to. */
final class Decider {
    private final NodePool nodes;
    private final PushMode mode;
    private final String device;
    private final @Nullable String token;

    Decider(NodePool nodes, PushMode mode, String device, @Nullable String token) {
        this.nodes = nodes;
        this.mode = mode;
        this.device = device;
        this.token = token;
    }

    /**
     * Decides for one access. Asks the nodes.
     *
     * @throws AquiferException NODE_UNAVAILABLE where pushing is demanded and a node does not answer; what a node refuses
     */
    Decision decide(Access access) {
        if (mode == PushMode.OFF) {
            return new Decision(false, "pushdown is off", Map.of());
        }
        if (nodes.isEmpty()) {
            if (mode == PushMode.ON) {
                throw new AquiferException(
                        ErrorCode.NODE_UNAVAILABLE, "pushdown is on, but the engine knows no node to push to");
            }
            return new Decision(false, "the engine knows no node to push to", Map.of());
        }
        if (access.slices().isEmpty()) {
            return new Decision(true, "nothing is left to read", Map.of());
        }
        Map<NodeChannel, PlanResponse> plans;
        try {
            plans = ask(access);
        } catch (AquiferException e) {
            if (mode == PushMode.AUTO && e.code().category() == ErrorCategory.RESOURCE) {
                return new Decision(false, String.valueOf(e.getMessage()), Map.of());
            }
            throw e;
        }
        if (mode == PushMode.ON) {
            return new Decision(true, "pushdown is on", plans);
        }
        if (!device.equals("auto")) {
            return new Decision(true, "the device " + device + " was asked for", plans);
        }
        double push = pushSeconds(access, plans);
        double pull = pullSeconds(access, plans);
        String costs = String.format(
                Locale.ROOT, "pushing is expected to take %.1f ms, pulling %.1f ms", push * 1e3, pull * 1e3);
        return new Decision(push <= pull, costs, plans);
    }

    private Map<NodeChannel, PlanResponse> ask(Access access) {
        Map<NodeChannel, PlanResponse> plans = new LinkedHashMap<>();
        access.requests().to(nodes).forEach((node, request) -> plans.put(node, node.plan(request, device, token)));
        return plans;
    }

    /** Nodes work side by side, so the slowest counts; what they send shares the engine's network. */
    private static double pushSeconds(Access access, Map<NodeChannel, PlanResponse> plans) {
        double slowest = 0;
        for (PlanResponse plan : plans.values()) {
            double lake = (plan.getBytesInLake() / Rates.LAKE + lakeLatency(access, plan)) / Rates.REUSE;
            double bytes = plan.getBytesInMemory() + plan.getBytesOnSsd() + plan.getBytesInLake();
            double move = Math.max(plan.getBytesOnSsd() / Rates.SSD, bytes / Rates.MEMORY);
            slowest = Math.max(slowest, lake + Math.max(move, bytes / Rates.DEVICE));
        }
        // A node in this process is called without a network, and hands its batches over in memory.
        boolean near = plans.keySet().stream().allMatch(node -> node.address() instanceof NodeAddress.InProcess);
        double call = near ? Rates.NEAR_CALL : Rates.CALL;
        return call + slowest + access.returnedBytes() / (near ? Rates.MEMORY : Rates.NETWORK);
    }

    private static double lakeLatency(Access access, PlanResponse plan) {
        return plan.getBytesInLake() == 0 ? 0 : requestSeconds(access);
    }

    private static double pullSeconds(Access access, Map<NodeChannel, PlanResponse> plans) {
        return requestSeconds(access)
                + Math.max(access.columnBytes() / Rates.LAKE, access.columnBytes() / Rates.ENGINE)
                + (plans.isEmpty() ? Rates.CALL : 0);
    }

    private static double requestSeconds(Access access) {
        boolean remote =
                access.slices().stream().anyMatch(slice -> !slice.object().uri().startsWith("file:"));
        return remote ? Rates.S3_REQUEST : Rates.FILE_REQUEST;
    }
}
