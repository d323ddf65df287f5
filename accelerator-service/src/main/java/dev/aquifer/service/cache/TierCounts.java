package dev.aquifer.service.cache;

import java.util.concurrent.atomic.LongAdder;

/** What happened to one tenant's blocks in a tier. */
final class TierCounts {
    final LongAdder hits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder evictions = new LongAdder();
    final LongAdder corrupt = new LongAdder();
}
