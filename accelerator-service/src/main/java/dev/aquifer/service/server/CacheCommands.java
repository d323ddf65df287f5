package dev.aquifer.service.server;

import com.google.protobuf.ByteString;
import dev.aquifer.protocol.proto.CacheRequest;
import dev.aquifer.protocol.proto.CacheResponse;
import dev.aquifer.protocol.substrait.FragmentRequest;
import dev.aquifer.service.admission.Cancellation;
import dev.aquifer.service.admission.Place;
import dev.aquifer.service.cache.BlockKey;
import dev.aquifer.service.cache.ChunkKey;
import dev.aquifer.service.hydrate.LoadCounts;
import dev.aquifer.service.hydrate.LoadedSlice;
import dev.aquifer.service.hydrate.SliceRequest;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.Slice;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/** Warms, pins, unpins and evicts blocks of the caller's tenant; never another one's. */
final class CacheCommands {
    private final NodeParts node;
    private final NodeReport report;

    /** Blocks that a command was about. */
    private record Touched(long blocks, long bytes) {
        Touched plus(long moreBlocks, long moreBytes) {
            return new Touched(blocks + moreBlocks, bytes + moreBytes);
        }
    }

    CacheCommands(NodeParts node, NodeReport report) {
        this.node = node;
        this.report = report;
    }

    CacheResponse run(CacheRequest request, Tenant tenant, Cancellation stop) {
        Touched touched = switch (request.getAction()) {
            case CACHE_ACTION_STATS -> new Touched(0, 0);
            case CACHE_ACTION_WARM -> load(plan(request), tenant, stop, false);
            case CACHE_ACTION_PIN -> load(plan(request), tenant, stop, true);
            case CACHE_ACTION_UNPIN -> {
                node.memory().unstick(target(request, tenant, stop));
                yield new Touched(0, 0);
            }
            case CACHE_ACTION_EVICT -> evict(target(request, tenant, stop));
            case CACHE_ACTION_UNSPECIFIED, UNRECOGNIZED ->
                throw new AquiferException(
                        ErrorCode.INVALID_ARGUMENT, "cache action " + request.getActionValue() + " is not one");
        };
        if (node.ssd() != null) {
            // The answer tells how full the disk is; what is warm now is so after a restart too.
            node.ssd().drain();
        }
        return CacheResponse.newBuilder()
                .setBlocks(touched.blocks)
                .setBytes(touched.bytes)
                .setMemory(report.memory(tenant))
                .setSsd(report.ssd(tenant))
                .build();
    }

    private static ByteString plan(CacheRequest request) {
        if (!request.hasSubstraitPlan()) {
            throw new AquiferException(ErrorCode.INVALID_ARGUMENT, "warming and pinning take a plan that says what");
        }
        return request.getSubstraitPlan();
    }

    private Touched load(ByteString plan, Tenant tenant, Cancellation stop, boolean pin) {
        // Counts as a fragment: it uses the same threads and memory.
        try (Place _ = node.admission().admit(tenant)) {
            LoadCounts counts = new LoadCounts();
            FragmentRequest request = node.intake().read(plan, tenant, counts, stop);
            Touched touched = new Touched(0, 0);
            for (Slice slice : request.slices()) {
                stop.check();
                SliceRequest wanted =
                        new SliceRequest(tenant, slice, request.fragment().columns(), null, counts, stop);
                try (LoadedSlice loaded = node.loader().load(wanted).join()) {
                    touched = touch(wanted, loaded, touched, pin);
                } catch (CompletionException e) {
                    throw e.getCause() instanceof AquiferException failure ? failure : e;
                }
            }
            return touched;
        }
    }

    private Touched touch(SliceRequest wanted, LoadedSlice loaded, Touched before, boolean pin) {
        Touched touched = before;
        for (ChunkKey chunk : wanted.chunks()) {
            for (int stripe : loaded.stripes()) {
                BlockKey key = chunk.stripe(stripe);
                if (pin && !node.memory().stick(key)) {
                    throw new AquiferException(
                            ErrorCode.MEMORY_EXCEEDED,
                            "cannot pin " + key + ": half of the tenant's share of the memory may be pinned, and "
                                    + touched.bytes + " bytes of this request were");
                }
                touched = touched.plus(1, Math.max(0, node.memory().peek(key)));
            }
        }
        return touched;
    }

    private Touched evict(Predicate<BlockKey> target) {
        Map<BlockKey, Long> gone = node.memory().evict(target);
        if (node.ssd() != null) {
            // Bytes in memory count where a block was in both.
            node.ssd().evict(target).forEach(gone::putIfAbsent);
        }
        return new Touched(
                gone.size(), gone.values().stream().mapToLong(Long::longValue).sum());
    }

    private Predicate<BlockKey> target(CacheRequest request, Tenant tenant, Cancellation stop) {
        Predicate<BlockKey> own = key -> key.chunk().tenant().equals(tenant.name());
        return switch (request.getTargetCase()) {
            case URI_PREFIX -> own.and(key -> key.chunk().object().uri().startsWith(request.getUriPrefix()));
            case EVERYTHING -> own.and(key -> request.getEverything());
            case SUBSTRAIT_PLAN -> {
                Set<ChunkKey> chunks = chunks(request.getSubstraitPlan(), tenant, stop);
                yield own.and(key -> chunks.contains(key.chunk()));
            }
            case TARGET_NOT_SET ->
                throw new AquiferException(
                        ErrorCode.INVALID_ARGUMENT, "say what to unpin or evict: a plan, a URI prefix, or everything");
        };
    }

    private Set<ChunkKey> chunks(ByteString plan, Tenant tenant, Cancellation stop) {
        LoadCounts counts = new LoadCounts();
        FragmentRequest request = node.intake().read(plan, tenant, counts, stop);
        Set<ChunkKey> chunks = new HashSet<>();
        for (Slice slice : request.slices()) {
            chunks.addAll(new SliceRequest(tenant, slice, request.fragment().columns(), null, counts, stop).chunks());
        }
        return chunks;
    }
}
