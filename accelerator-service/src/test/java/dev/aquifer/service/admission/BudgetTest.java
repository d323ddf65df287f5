package dev.aquifer.service.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import org.junit.jupiter.api.Test;

final class BudgetTest {
    @Test
    void everyLevelCountsAndRefuses() {
        try (NodeMetrics metrics = new NodeMetrics()) {
            Budget node = Budget.node(1_000, metrics);
            Budget a = node.child("tenant a", 600);
            Budget b = node.child("tenant b", 600);
            Budget fragment = a.child("this fragment", Long.MAX_VALUE);
            fragment.reserve(500);
            assertEquals(500, a.used());
            assertEquals(500, node.used());
            AquiferException tenant = assertThrows(AquiferException.class, () -> fragment.reserve(200));
            assertEquals(ErrorCode.MEMORY_EXCEEDED, tenant.code());
            // With what it holds itself it would never fit: later is no use.
            assertFalse(tenant.retryAfter().isPresent());
            AquiferException full = assertThrows(AquiferException.class, () -> b.reserve(550));
            assertTrue(full.retryAfter().isPresent());
            assertEquals(0, b.used());
            assertEquals(500, node.used());
            fragment.release(500);
            b.reserve(550);
            assertThrows(IllegalStateException.class, () -> fragment.release(1));
            assertThrows(AquiferException.class, () -> node.reserve(Long.MAX_VALUE));
            assertEquals(550, node.used());
            assertEquals(550, node.peak());
        }
    }
}
