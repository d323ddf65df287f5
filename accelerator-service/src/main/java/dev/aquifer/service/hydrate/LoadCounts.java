package dev.aquifer.service.hydrate;

import java.util.concurrent.atomic.LongAdder;

/** Where the blocks of one request came from. Thread-safe. */
public final class LoadCounts {
    /** Tiers in the order they are asked. */
    public enum Tier {
        MEMORY,
        SSD,
        LAKE
    }

    private final Found memory = new Found();
    private final Found ssd = new Found();
    private final Found lake = new Found();
    private final LongAdder fetchedBytes = new LongAdder();
    private final LongAdder requests = new LongAdder();

    private static final class Found {
        final LongAdder blocks = new LongAdder();
        final LongAdder bytes = new LongAdder();
    }

    private Found in(Tier tier) {
        return switch (tier) {
            case MEMORY -> memory;
            case SSD -> ssd;
            case LAKE -> lake;
        };
    }

    void found(Tier tier, int blocks, long bytes) {
        in(tier).blocks.add(blocks);
        in(tier).bytes.add(bytes);
    }

    void fetched(long count) {
        requests.increment();
        fetchedBytes.add(count);
    }

    public long blocks(Tier tier) {
        return in(tier).blocks.sum();
    }

    /** Encoded bytes. */
    public long bytes(Tier tier) {
        return in(tier).bytes.sum();
    }

    /** Bytes of the lake's objects read for this request. */
    public long fetchedBytes() {
        return fetchedBytes.sum();
    }

    /** Reads of the lake's objects for this request. */
    public long requests() {
        return requests.sum();
    }
}
