package dev.aquifer.service.cache;

import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encoded blocks in segment files, up to a number of bytes; found again after a restart. The model is Velox's {@code
 * SsdFile}: files are scored by use and evicted whole, checksums are verified on every read.
 *
 * <p>Nothing that happens to the files makes an answer wrong or a request fail: a block that cannot be written is not
 * kept, one that cannot be read back is dropped, and the caller fetches it from the lake. Thread-safe; nothing is synced
 * to the disk, as a block that a power failure loses is only fetched again.
 */
public final class SsdTier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SsdTier.class);
    /** After a failed write, time in which no other is tried: a full disk is not emptied by writing to it. */
    private static final long PAUSE_NANOS = 5_000_000_000L;

    private static final long WARN_NANOS = 60_000_000_000L;

    private final AtomicLong warnedAt = new AtomicLong();
    private final SsdSegments segments;
    private final long budget;
    private final NodeMetrics metrics;
    private final WriteBehind behind;
    private final Map<BlockKey, Location> index = new ConcurrentHashMap<>();
    private final Map<String, TierCounts> counts = new ConcurrentHashMap<>();
    private volatile boolean paused;
    private volatile long pausedAt;
    private boolean closed;

    private record Location(SsdSegment segment, long offset, SsdRecord entry) {
        long bodyOffset() {
            return offset + SsdRecord.HEADER_BYTES + entry.keyLength();
        }
    }

    private SsdTier(SsdFolder folder, long budget, long waiting, NodeMetrics metrics) {
        this.segments = new SsdSegments(folder, budget, this::leaving);
        this.budget = budget;
        this.metrics = metrics;
        this.behind = new WriteBehind(waiting, this::write, metrics);
    }

    /**
     * Opens a folder and finds the blocks of earlier runs in it.
     *
     * @param budget bytes that all files together may take
     * @param waiting bytes of blocks that may wait in memory to be written
     * @throws AquiferException USAGE if the folder cannot be used or another node has it
     */
    public static SsdTier open(Path path, long budget, long waiting, NodeMetrics metrics) {
        SsdTier tier = new SsdTier(SsdFolder.open(path), budget, waiting, metrics);
        boolean open = false;
        try {
            tier.recover();
            open = true;
        } catch (IOException e) {
            throw new AquiferException(ErrorCode.USAGE, "cannot read the blocks in " + path + ": " + e, e);
        } finally {
            if (!open) {
                tier.close();
            }
        }
        metrics.gauge("ssd.cache.bytes", "bytes of segment files", tier::bytes);
        LOG.info("{} blocks, {} bytes, are on SSD in {}", tier.index.size(), tier.bytes(), path);
        return tier;
    }

    private synchronized void recover() throws IOException {
        segments.recover((segment, entry, offset) -> index.put(entry.key(), new Location(segment, offset, entry)));
    }

    /** The bytes a block takes here, or will, or -1 where it is not. */
    public long peek(BlockKey key) {
        // In this order: a block is here before it waits no more.
        long waiting = behind.peek(key);
        Location location = index.get(key);
        return location == null ? waiting : location.entry.storedLength();
    }

    /** Reads a block and verifies it; the caller has a pin on it. Null if it is not here, or not what was written. */
    public @Nullable CachedBlock read(BlockKey key, BlockMemory memory) {
        TierCounts tenant = counts(key.chunk().tenant());
        CachedBlock waiting = behind.get(key);
        if (waiting != null) {
            tenant.hits.increment();
            return waiting;
        }
        Location location = index.get(key);
        if (location == null || !location.segment.acquire()) {
            tenant.misses.increment();
            return null;
        }
        CachedBlock block;
        try {
            block = memory.fill(
                    location.entry.rawLength(),
                    location.entry.chunkRows(),
                    target -> load(location, target.asByteBuffer()));
        } finally {
            location.segment.release();
        }
        if (block == null || !block.block().type().equals(key.chunk().type())) {
            if (block != null) {
                block.unpin();
            }
            index.remove(key, location);
            tenant.corrupt.increment();
            metrics.count(Counter.SSD_BAD_RECORDS);
            warnOfBadBlock(key);
            return null;
        }
        location.segment.score.addAndGet(location.entry.storedLength());
        tenant.hits.increment();
        metrics.count(Counter.SSD_HITS);
        metrics.add(Counter.SSD_HIT_BYTES, location.entry.storedLength());
        return block;
    }

    /** A damaged disk has many of them: a line a minute, and a counter for the rest. */
    private void warnOfBadBlock(BlockKey key) {
        long last = warnedAt.get();
        long now = System.nanoTime();
        if ((last == 0 || now - last > WARN_NANOS) && warnedAt.compareAndSet(last, now)) {
            LOG.warn(
                    "a block's bytes on SSD are not those written; it is dropped and fetched again: {} ({} so far)",
                    key,
                    metrics.value(Counter.SSD_BAD_RECORDS));
        }
    }

    private static boolean load(Location location, ByteBuffer target) {
        try {
            return SsdCodec.load(location.segment, location.bodyOffset(), location.entry, target);
        } catch (IOException e) {
            LOG.warn("reading a block from SSD: {}", e.toString());
            return false;
        }
    }

    /** Keeps a block if that can be done, soon; the caller writes it itself only where too many wait already. */
    public void keep(Tenant tenant, BlockKey key, CachedBlock cached) {
        if (wants(key) && !behind.offer(tenant, key, cached)) {
            write(tenant, key, cached);
        }
    }

    private boolean wants(BlockKey key) {
        return !index.containsKey(key) && !(paused && System.nanoTime() - pausedAt < PAUSE_NANOS);
    }

    /** Waits until the blocks to be kept are on the disk, where they can be. */
    public void drain() {
        behind.drain();
    }

    /** Keeps a block at once, if that can be done. */
    void write(Tenant tenant, BlockKey key, CachedBlock cached) {
        if (!wants(key)) {
            return;
        }
        SsdCodec.Stored stored = SsdCodec.store(cached.block());
        try {
            append(tenant, key, cached, stored);
        } catch (IOException e) {
            metrics.count(Counter.SSD_WRITE_FAILURES);
            if (!paused) {
                LOG.warn("blocks are not kept on SSD for now: {}", e.toString());
            }
            pausedAt = System.nanoTime();
            paused = true;
        }
    }

    private synchronized void append(Tenant tenant, BlockKey key, CachedBlock cached, SsdCodec.Stored stored)
            throws IOException {
        if (closed || index.containsKey(key)) {
            return;
        }
        int length = stored.bytes().remaining();
        int rawLength = (int) cached.bytes();
        int checksum = SsdRecord.checksum(stored.bytes());
        ByteBuffer head = SsdRecord.head(key, cached.chunkRows(), length, rawLength, stored.codec(), checksum);
        if (head == null) {
            return;
        }
        int keyLength = head.remaining() - SsdRecord.HEADER_BYTES;
        SsdRecord entry =
                new SsdRecord(key, cached.chunkRows(), length, rawLength, stored.codec(), checksum, keyLength);
        SsdSegment segment = segments.forRecord(tenant, entry.length());
        if (segment == null) {
            return;
        }
        SsdRecord.seal(head, segment.id);
        long offset = segment.append(head, stored.bytes());
        segments.grew(entry.length());
        segment.keys.add(key);
        index.put(key, new Location(segment, offset, entry));
        paused = false;
        metrics.count(Counter.SSD_WRITES);
        metrics.add(Counter.SSD_WRITE_BYTES, length);
    }

    /** Forgets the blocks of a segment that goes. */
    private void leaving(SsdSegment segment) {
        for (BlockKey key : segment.keys) {
            Location location = index.get(key);
            if (location != null && location.segment == segment) {
                index.remove(key, location);
            }
        }
        if (segment.evicted) {
            counts(segment.tenant).evictions.add(segment.keys.size());
            metrics.count(Counter.SSD_SEGMENTS_EVICTED);
        }
    }

    /**
     * Forgets blocks by name. A file all of whose blocks are forgotten is deleted; of others the bytes stay until the file
     * is evicted, and come back with a restart, which does no harm: keys hold the object's version.
     *
     * @return the stored bytes of those forgotten
     */
    public Map<BlockKey, Long> evict(Predicate<BlockKey> which) {
        // First what waits: it must not come after.
        Map<BlockKey, Long> forgotten = new HashMap<>(behind.forget(which));
        forgotten.putAll(evictWritten(which));
        return forgotten;
    }

    private synchronized Map<BlockKey, Long> evictWritten(Predicate<BlockKey> which) {
        Map<BlockKey, Long> forgotten = new HashMap<>();
        for (BlockKey key : List.copyOf(index.keySet())) {
            Location location = which.test(key) ? index.remove(key) : null;
            if (location != null) {
                forgotten.put(key, (long) location.entry.storedLength());
            }
        }
        for (SsdSegment segment : segments.list()) {
            if (segment.keys.stream().noneMatch(index::containsKey)) {
                try {
                    segments.drop(segment);
                } catch (IOException e) {
                    LOG.warn("a file without blocks stays: {}", e.toString());
                }
            }
        }
        return forgotten;
    }

    public synchronized long bytes() {
        return segments.bytes();
    }

    private TierCounts counts(String tenant) {
        return counts.computeIfAbsent(tenant, name -> new TierCounts());
    }

    public TierUsage usage(Tenant tenant) {
        long bytes;
        synchronized (this) {
            bytes = segments.usedBy(tenant);
        }
        long blocks = index.keySet().stream()
                .filter(key -> key.chunk().tenant().equals(tenant.name()))
                .count();
        TierCounts own = counts(tenant.name());
        return new TierUsage(
                tenant.cacheShare(budget),
                bytes,
                blocks,
                0,
                own.hits.sum(),
                own.misses.sum(),
                own.evictions.sum(),
                own.corrupt.sum());
    }

    /** Writes what waits. The files stay for the next run. */
    @Override
    public void close() {
        behind.close();
        shut();
    }

    private synchronized void shut() {
        if (!closed) {
            closed = true;
            index.clear();
            segments.close();
        }
    }
}
