package dev.aquifer.service.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.tenant.Tenant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    @Test
    void whoStopsWaitingLeavesTheQueueAtOnce() {
        try (NodeMetrics metrics = new NodeMetrics()) {
            Admission admission = new Admission(Budget.node(1_000, metrics), 1, metrics);
            try (Place _ = admission.admit(Tenant.DEFAULT)) {
                CompletableFuture<Place> leaves = admission.admitOrWait(Tenant.DEFAULT);
                CompletableFuture<Place> stays = admission.admitOrWait(Tenant.DEFAULT);
                assertEquals(2, admission.waiting());
                assertTrue(leaves.completeExceptionally(Cancellation.cancelled()));
                assertEquals(1, admission.waiting());
                assertEquals(1, admission.snapshot(Tenant.DEFAULT).queued());
                assertFalse(stays.isDone());
                CompletableFuture<Void> _ = stays.thenAccept(Place::close);
            }
            assertEquals(0, admission.waiting());
            assertEquals(0, admission.snapshot(Tenant.DEFAULT).queued());
            assertEquals(0, admission.running());
        }
    }
}
