package dev.aquifer.service.server;

import dev.aquifer.protocol.proto.CacheTier;
import dev.aquifer.protocol.proto.DescribeResponse;
import dev.aquifer.protocol.proto.DeviceDescription;
import dev.aquifer.protocol.proto.StatusResponse;
import dev.aquifer.protocol.proto.TenantStatus;
import dev.aquifer.protocol.substrait.PlanLimits;
import dev.aquifer.service.admission.TenantLoadSnapshot;
import dev.aquifer.service.cache.TierUsage;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.block.Stripes;
import java.util.List;

/** What a node says of itself. */
final class NodeReport {
    private final NodeParts node;
    private final long startedAt = System.nanoTime();

    NodeReport(NodeParts node) {
        this.node = node;
    }

    private static String version() {
        String version = NodeReport.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    DescribeResponse describe() {
        PlanLimits limits = PlanLimits.DEFAULT;
        return DescribeResponse.newBuilder()
                .setVersion(version())
                .addAllDevices(devices())
                .setMaxPlanBytes(limits.maxBytes())
                .setMaxExpressionDepth(limits.maxDepth())
                .setMaxExpressionNodes(limits.maxNodes())
                .setStripeRows(Stripes.MAX_ROWS)
                .build();
    }

    private List<DeviceDescription> devices() {
        String preferred = node.devices().preferred();
        return node.devices().devices().stream()
                .map(info -> DeviceDescription.newBuilder()
                        .setName(info.name())
                        .setDescription(info.description())
                        .setPreferred(info.name().equals(preferred))
                        .build())
                .toList();
    }

    StatusResponse status(Tenant tenant) {
        TenantLoadSnapshot load = node.admission().snapshot(tenant);
        return StatusResponse.newBuilder()
                .setVersion(version())
                .setUptimeMillis((System.nanoTime() - startedAt) / 1_000_000)
                .setAccepting(node.admission().accepting())
                .addAllDevices(devices())
                .setThreads(node.workers().size())
                .setWorkMemoryBytes(node.admission().memory().limit())
                .setWorkMemoryUsedBytes(node.admission().memory().used())
                .setRunning(node.admission().running())
                .setQueued(node.admission().waiting())
                .setTenant(TenantStatus.newBuilder()
                        .setName(tenant.name())
                        .setWeight(tenant.weight())
                        .setRunning(load.running())
                        .setQueued(load.queued())
                        .setMaxConcurrent(tenant.maxFragments())
                        .setWorkMemoryUsedBytes(load.memoryBytes())
                        .setWorkMemoryCapBytes(tenant.maxMemoryBytes())
                        .setFragments(load.fragments())
                        .setRefused(load.refused())
                        .setCpuNanos(load.cpuNanos()))
                .setMemory(memory(tenant))
                .setSsd(ssd(tenant))
                .build();
    }

    CacheTier memory(Tenant tenant) {
        return tier(node.memory().usage(tenant));
    }

    /** All zeros where the node has no SSD tier. */
    CacheTier ssd(Tenant tenant) {
        return node.ssd() == null
                ? CacheTier.getDefaultInstance()
                : tier(node.ssd().usage(tenant));
    }

    private static CacheTier tier(TierUsage usage) {
        return CacheTier.newBuilder()
                .setCapacityBytes(usage.capacityBytes())
                .setUsedBytes(usage.usedBytes())
                .setBlocks(usage.blocks())
                .setPinnedBytes(usage.pinnedBytes())
                .setHits(usage.hits())
                .setMisses(usage.misses())
                .setEvictions(usage.evictions())
                .setCorrupt(usage.corrupt())
                .build();
    }
}
