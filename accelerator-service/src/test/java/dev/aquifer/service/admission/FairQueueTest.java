package dev.aquifer.service.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.service.tenant.Locations;
import dev.aquifer.service.tenant.Tenant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class FairQueueTest {
    private static Tenant tenant(String name, int weight) {
        return new Tenant(name, weight, 10, 1_000, 100, Locations.EVERYWHERE);
    }

    private static Map<String, Integer> turns(FairQueue<String> queue, int count) throws InterruptedException {
        Map<String, Integer> turns = new HashMap<>();
        for (int i = 0; i < count; i++) {
            turns.merge(Objects.requireNonNull(queue.take()), 1, Integer::sum);
        }
        return turns;
    }

    @Test
    void turnsFollowWeights() throws InterruptedException {
        FairQueue<String> queue = new FairQueue<>();
        for (int i = 0; i < 1_000; i++) {
            assertTrue(queue.offer(tenant("one", 1), "one"));
            assertTrue(queue.offer(tenant("three", 3), "three"));
            assertTrue(queue.offer(tenant("six", 6), "six"));
        }
        assertEquals(Map.of("one", 100, "three", 300, "six", 600), turns(queue, 1_000));
    }

    @Test
    void aSmallTenantNeverWaitsForABigOnesQueue() throws InterruptedException {
        FairQueue<String> queue = new FairQueue<>();
        for (int i = 0; i < 100_000; i++) {
            assertTrue(queue.offer(tenant("big", 1), "big"));
        }
        assertEquals(Map.of("big", 500), turns(queue, 500));
        assertTrue(queue.offer(tenant("small", 1), "small"));
        assertEquals(1, turns(queue, 2).get("small"));
    }

    @Test
    void doingNothingEarnsNoCredit() throws InterruptedException {
        FairQueue<String> queue = new FairQueue<>();
        assertTrue(queue.offer(tenant("idle", 1), "idle"));
        assertEquals("idle", queue.take());
        for (int i = 0; i < 2_000; i++) {
            assertTrue(queue.offer(tenant("busy", 1), "busy"));
        }
        assertEquals(Map.of("busy", 1_000), turns(queue, 1_000));
        for (int i = 0; i < 1_000; i++) {
            assertTrue(queue.offer(tenant("idle", 1), "idle"));
        }
        int idle = Objects.requireNonNull(turns(queue, 100).get("idle"));
        assertTrue(idle >= 49 && idle <= 51, idle + " of 100 turns");
    }

    @Test
    void oneTenantsItemsKeepTheirOrder() throws InterruptedException {
        FairQueue<Integer> queue = new FairQueue<>();
        for (int i = 0; i < 100; i++) {
            assertTrue(queue.offer(tenant("a", 2), i));
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(i, queue.take());
        }
    }

    @Test
    void aClosedQueueIsEmptiedAndTakesNothingIn() throws InterruptedException {
        FairQueue<String> queue = new FairQueue<>();
        assertTrue(queue.offer(tenant("a", 1), "last"));
        queue.close();
        assertFalse(queue.offer(tenant("a", 1), "late"));
        assertEquals("last", queue.take());
        assertNull(queue.take());
    }
}
