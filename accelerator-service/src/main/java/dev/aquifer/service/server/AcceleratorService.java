package dev.aquifer.service.server;

import dev.aquifer.protocol.proto.AcceleratorGrpc;
import dev.aquifer.protocol.proto.CacheRequest;
import dev.aquifer.protocol.proto.CacheResponse;
import dev.aquifer.protocol.proto.DescribeRequest;
import dev.aquifer.protocol.proto.DescribeResponse;
import dev.aquifer.protocol.proto.ExecuteRequest;
import dev.aquifer.protocol.proto.ExecuteResponse;
import dev.aquifer.protocol.proto.PlanRequest;
import dev.aquifer.protocol.proto.PlanResponse;
import dev.aquifer.protocol.proto.StatusRequest;
import dev.aquifer.protocol.proto.StatusResponse;
import dev.aquifer.protocol.status.Statuses;
import dev.aquifer.service.admission.Cancellation;
import dev.aquifer.service.schedule.Crashes;
import dev.aquifer.service.tenant.Tenant;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/** The calls of the protocol. Each runs on a thread of its own, as most may wait for the lake. */
final class AcceleratorService extends AcceleratorGrpc.AcceleratorImplBase {
    private final NodeParts node;
    private final NodeReport report;
    private final PlanAnswer plans;
    private final CacheCommands caches;

    AcceleratorService(NodeParts node) {
        this.node = node;
        this.report = new NodeReport(node);
        this.plans = new PlanAnswer(node);
        this.caches = new CacheCommands(node, report);
    }

    @Override
    public void execute(ExecuteRequest request, StreamObserver<ExecuteResponse> responses) {
        new ExecuteCall(node, request, (ServerCallStreamObserver<ExecuteResponse>) responses, Authentication.tenant())
                .start();
    }

    @Override
    public void plan(PlanRequest request, StreamObserver<PlanResponse> responses) {
        Tenant tenant = Authentication.tenant();
        answer(responses, stop -> plans.plan(request, tenant, stop));
    }

    @Override
    public void describe(DescribeRequest request, StreamObserver<DescribeResponse> responses) {
        answer(responses, stop -> report.describe());
    }

    @Override
    public void cache(CacheRequest request, StreamObserver<CacheResponse> responses) {
        Tenant tenant = Authentication.tenant();
        answer(responses, stop -> caches.run(request, tenant, stop));
    }

    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> responses) {
        Tenant tenant = Authentication.tenant();
        answer(responses, stop -> report.status(tenant));
    }

    /** Answers a call with one message, or its error. */
    private <A> void answer(StreamObserver<A> responses, Function<Cancellation, A> work) {
        ServerCallStreamObserver<A> out = (ServerCallStreamObserver<A>) responses;
        Cancellation stop = CallStop.ofCall();
        out.setOnCancelHandler(() -> CallStop.callerLeft(stop));
        node.calls().execute(() -> {
            A message;
            try {
                message = work.apply(stop);
            } catch (RuntimeException | Error e) {
                out.onError(Statuses.toStatus(Crashes.known(e, node.metrics())));
                return;
            }
            out.onNext(message);
            out.onCompleted();
        });
    }
}
