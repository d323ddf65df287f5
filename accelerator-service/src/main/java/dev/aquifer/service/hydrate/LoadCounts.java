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

    private final LongAdder[] blocks = {new LongAdder(), new LongAdder(), new LongAdder()};
    private final LongAdder[] bytes = {new LongAdder(), new LongAdder(), new LongAdder()};
    private final LongAdder fetchedBytes = new LongAdder();
    private final LongAdder requests = new LongAdder();

    void found(Tier tier, long blockBytes) {
        blocks[tier.ordinal()].increment();
        bytes[tier.ordinal()].add(blockBytes);
    }

    void fetched(long count) {
        requests.increment();
        fetchedBytes.add(count);
    }

    public long blocks(Tier tier) {
        return blocks[tier.ordinal()].sum();
    }

    /** Encoded bytes. */
    public long bytes(Tier tier) {
        return bytes[tier.ordinal()].sum();
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
