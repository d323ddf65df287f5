package dev.aquifer.service.server;

import dev.aquifer.protocol.auth.BearerToken;
import dev.aquifer.protocol.status.Statuses;
import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.service.tenant.TenantDirectory;
import dev.aquifer.spi.error.AquiferException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;

/** Turns the token of a call into its tenant, before anything else of the call is looked at. */
final class Authentication implements ServerInterceptor {
    private static final Context.Key<Tenant> TENANT = Context.key("tenant");

    private final TenantDirectory tenants;
    private final NodeMetrics metrics;

    Authentication(TenantDirectory tenants, NodeMetrics metrics) {
        this.tenants = tenants;
        this.metrics = metrics;
    }

    /** The tenant of the call that the current thread serves. */
    static Tenant tenant() {
        return TENANT.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Tenant tenant;
        try {
            // A node without tenants takes everybody, also those who bring a token.
            tenant = tenants.authenticate(
                    tenants.needsToken() ? BearerToken.of(headers).value() : null);
        } catch (AquiferException e) {
            metrics.count(Counter.REFUSED_TOKEN);
            StatusRuntimeException status = Statuses.toStatus(e);
            Metadata trailers = status.getTrailers();
            call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
            return new ServerCall.Listener<>() {};
        }
        return Contexts.interceptCall(Context.current().withValue(TENANT, tenant), call, headers, next);
    }
}
