package dev.aquifer.service.server;

import dev.aquifer.service.admission.Admission;
import dev.aquifer.service.admission.FairPool;
import dev.aquifer.service.cache.BlockMemory;
import dev.aquifer.service.cache.MemoryTier;
import dev.aquifer.service.cache.SsdTier;
import dev.aquifer.service.compile.ProgramCache;
import dev.aquifer.service.hydrate.SliceLoader;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.place.DeviceRegistry;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a node is made of.
 *
 * @param calls runs what may block, beside the workers
 * @param entry begins a call of Execute: what calls it over a network is told of a cancellation on gRPC's thread, which must be
 *     free for that; a caller in this process waits for the answer anyway, and no other thread need be woken to begin
 */
record NodeParts(
        NodeMetrics metrics,
        Admission admission,
        DeviceRegistry devices,
        ProgramCache programs,
        BlockMemory blocks,
        MemoryTier memory,
        @Nullable SsdTier ssd,
        SliceLoader loader,
        FairPool workers,
        FairPool readers,
        PlanIntake intake,
        Executor calls,
        Executor entry) {}
