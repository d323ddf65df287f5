package dev.aquifer.service.server;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;

/** The plans that were asked for last, by their bytes: a query that comes again need not be read and compiled again. Thread-safe. */
final class KnownPlans {
    private static final int MOST = 256;
    /** All bytes that are kept, at most: what is made of them takes some times as much. */
    private static final long MOST_BYTES = 16L << 20;

    private final Map<ByteString, KnownPlan> plans = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @throws dev.aquifer.spi.error.AquiferException as {@link KnownPlan#read} */
    KnownPlan get(ByteString plan) {
        synchronized (this) {
            KnownPlan known = plans.get(plan);
            if (known != null) {
                return known;
            }
        }
        KnownPlan read = KnownPlan.read(plan);
        keep(plan, read);
        return read;
    }

    private synchronized void keep(ByteString plan, KnownPlan read) {
        if (plans.put(plan, read) != null) {
            return;
        }
        bytes += plan.size();
        var eldest = plans.entrySet().iterator();
        while (plans.size() > MOST || bytes > MOST_BYTES) {
            bytes -= eldest.next().getKey().size();
            eldest.remove();
        }
    }
}
