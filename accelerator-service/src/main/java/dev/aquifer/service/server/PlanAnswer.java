package dev.aquifer.service.server;

import dev.aquifer.protocol.proto.DeviceRefusal;
import dev.aquifer.protocol.proto.PlanRequest;
import dev.aquifer.protocol.proto.PlanResponse;
import dev.aquifer.service.admission.Cancellation;
import dev.aquifer.service.hydrate.LoadCounts;
import dev.aquifer.service.hydrate.SliceRequest;
import dev.aquifer.service.hydrate.SliceSurvey;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.prune.ZonePruner;
import dev.aquifer.spi.source.Slice;

/** What Execute would do with a plan now. */
final class PlanAnswer {
    private final NodeParts node;

    PlanAnswer(NodeParts node) {
        this.node = node;
    }

    PlanResponse plan(PlanRequest request, Tenant tenant, Cancellation stop) {
        LoadCounts counts = new LoadCounts();
        PreparedFragment fragment =
                node.intake().prepare(request.getSubstraitPlan(), request.getDevice(), tenant, counts, stop);
        Expr filter = fragment.fragment().filter();
        ZonePruner pruner = filter == null ? null : ZonePruner.of(filter);
        SliceSurvey all = SliceSurvey.NOTHING;
        for (Slice slice : fragment.slices()) {
            stop.check();
            all = all.plus(node.loader()
                    .survey(new SliceRequest(tenant, slice, fragment.fragment().columns(), pruner, counts, stop)));
        }
        PlanResponse.Builder answer = PlanResponse.newBuilder()
                .setDevice(fragment.placement().device().info().name())
                .addAllReasons(fragment.placement().reasons())
                .setStripesTotal(all.stripes())
                .setStripesPruned(all.pruned())
                .setRows(all.rows())
                .setBytesInMemory(all.memoryBytes())
                .setBytesOnSsd(all.ssdBytes())
                .setBytesInLake(all.lakeBytes())
                .setLakeBytesTotal(all.chunkBytes());
        fragment.placement()
                .refused()
                .forEach(refusal -> answer.addRefused(
                        DeviceRefusal.newBuilder().setDevice(refusal.device()).addAllReasons(refusal.reasons())));
        return answer.build();
    }
}
