package dev.aquifer.service.cache;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.aquifer.service.metrics.Counter;
import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Physical;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final long MAX_SEGMENT_BYTES = 64L << 20;
    private static final long MIN_SEGMENT_BYTES = 1L << 20;
    /** After a failed write, time in which no other is tried: a full disk is not emptied by writing to it. */
    private static final long PAUSE_NANOS = 5_000_000_000L;

    private static final long WARN_NANOS = 60_000_000_000L;

    private final AtomicLong warnedAt = new AtomicLong();
    private final SsdFolder folder;
    private final long budget;
    private final long segmentBytes;
    private final NodeMetrics metrics;
    private final Map<BlockKey, Location> index = new ConcurrentHashMap<>();
    private final List<SsdSegment> segments = new ArrayList<>();
    private final Map<String, SsdSegment> active = new HashMap<>();
    private final Map<String, TierCounts> counts = new ConcurrentHashMap<>();
    private long used;
    private long nextId = 1;
    private volatile boolean paused;
    private volatile long pausedAt;
    private boolean closed;

    private record Location(SsdSegment segment, long offset, SsdRecord entry) {
        long bodyOffset() {
            return offset + SsdRecord.HEADER_BYTES + entry.keyLength();
        }
    }

    private SsdTier(SsdFolder folder, long budget, NodeMetrics metrics) {
        this.folder = folder;
        this.budget = budget;
        this.segmentBytes = Math.clamp(budget / 16, MIN_SEGMENT_BYTES, MAX_SEGMENT_BYTES);
        this.metrics = metrics;
    }

    /**
     * Opens a folder and finds the blocks of earlier runs in it.
     *
     * @param budget bytes that all files together may take
     * @throws AquiferException USAGE if the folder cannot be used or another node has it
     */
    public static SsdTier open(Path path, long budget, NodeMetrics metrics) {
        SsdTier tier = new SsdTier(SsdFolder.open(path), budget, metrics);
        try {
            for (Path file : tier.folder.files()) {
                tier.recover(file);
            }
            tier.shrink();
        } catch (IOException e) {
            tier.folder.close();
            throw new AquiferException(ErrorCode.USAGE, "cannot read the blocks in " + path + ": " + e, e);
        }
        metrics.gauge("ssd.cache.bytes", "bytes of segment files", tier::bytes);
        LOG.info("{} blocks, {} bytes, are on SSD in {}", tier.index.size(), tier.bytes(), path);
        return tier;
    }

    private synchronized void recover(Path file) throws IOException {
        List<SsdRecord> found = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        SsdSegment segment;
        try {
            segment = SsdSegment.open(file, (entry, offset) -> {
                found.add(entry);
                offsets.add(offset);
            });
        } catch (IOException e) {
            LOG.warn("leaving out segment file {}: {}", file, e.toString());
            return;
        }
        if (segment == null) {
            LOG.warn("deleting {}: it has no header of this version", file);
            Files.deleteIfExists(file);
            return;
        }
        for (int i = 0; i < found.size(); i++) {
            index.put(found.get(i).key(), new Location(segment, offsets.get(i), found.get(i)));
        }
        segments.add(segment);
        used += segment.length();
        nextId = Math.max(nextId, segment.id + 1);
        if (segment.length() < segmentBytes) {
            active.put(segment.tenant, segment);
        }
    }

    /** The bytes a block takes here, or -1 where it is not. */
    public long peek(BlockKey key) {
        Location location = index.get(key);
        return location == null ? -1 : location.entry.storedLength();
    }

    /** Reads a block and verifies it; the caller has a pin on it. Null if it is not here, or not what was written. */
    public @Nullable CachedBlock read(BlockKey key, BlockMemory memory) {
        Location location = index.get(key);
        TierCounts tenant = counts(key.chunk().tenant());
        if (location == null || !location.segment.acquire()) {
            tenant.misses.increment();
            return null;
        }
        CachedBlock block;
        try {
            block = memory.fill(
                    location.entry.rawLength(), location.entry.chunkRows(), target -> load(location, target));
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

    private static boolean load(Location location, MemorySegment target) {
        SsdRecord entry = location.entry;
        try {
            if (entry.codec() == SsdRecord.CODEC_NONE) {
                ByteBuffer into = target.asByteBuffer();
                return location.segment.read(into, location.bodyOffset())
                        && SsdRecord.checksum(into.flip()) == entry.storedChecksum();
            }
            ByteBuffer stored = ByteBuffer.allocateDirect(entry.storedLength());
            if (entry.codec() != SsdRecord.CODEC_ZSTD
                    || !location.segment.read(stored, location.bodyOffset())
                    || SsdRecord.checksum(stored.flip()) != entry.storedChecksum()) {
                return false;
            }
            long length = Zstd.decompressDirectByteBuffer(
                    target.asByteBuffer(), 0, entry.rawLength(), stored, 0, entry.storedLength());
            return length == entry.rawLength();
        } catch (IOException | ZstdException e) {
            LOG.warn("reading a block from SSD: {}", e.toString());
            return false;
        }
    }

    /** Keeps a block if that can be done. */
    public void write(Tenant tenant, BlockKey key, CachedBlock cached) {
        if (paused && System.nanoTime() - pausedAt < PAUSE_NANOS || index.containsKey(key)) {
            return;
        }
        Block block = cached.block();
        ByteBuffer raw = block.segment().asByteBuffer();
        ByteBuffer smaller = pays(block) ? compressed(raw) : null;
        ByteBuffer body = smaller == null ? raw : smaller;
        byte codec = smaller == null ? SsdRecord.CODEC_NONE : SsdRecord.CODEC_ZSTD;
        int checksum = SsdRecord.checksum(body);
        try {
            append(tenant, key, cached.chunkRows(), body, block.byteSize(), codec, checksum);
        } catch (IOException e) {
            metrics.count(Counter.SSD_WRITE_FAILURES);
            if (!paused) {
                LOG.warn("blocks are not kept on SSD for now: {}", e.toString());
            }
            pausedAt = System.nanoTime();
            paused = true;
        }
    }

    private synchronized void append(
            Tenant tenant, BlockKey key, long chunkRows, ByteBuffer body, int rawLength, byte codec, int checksum)
            throws IOException {
        if (closed || index.containsKey(key)) {
            return;
        }
        long length = SsdRecord.HEADER_BYTES + SsdRecord.MAX_KEY_BYTES + (long) body.remaining();
        if (length > Math.max(segmentBytes, tenant.cacheShare(budget) / 4)) {
            return;
        }
        SsdSegment segment = active.get(tenant.name());
        if (segment == null || segment.length() + length > Math.max(segmentBytes, length)) {
            if (!makeRoom(tenant, Math.max(segmentBytes, length))) {
                return;
            }
            segment = SsdSegment.create(folder.segments(), nextId, tenant.name());
            nextId++;
            segments.add(segment);
            active.put(tenant.name(), segment);
            used += segment.length();
        }
        int stored = body.remaining();
        ByteBuffer head = SsdRecord.head(key, chunkRows, stored, rawLength, codec, checksum, segment.id);
        if (head == null) {
            return;
        }
        int keyLength = head.remaining() - SsdRecord.HEADER_BYTES;
        long before = segment.length();
        long offset = segment.append(head, body);
        used += segment.length() - before;
        SsdRecord entry = new SsdRecord(key, chunkRows, stored, rawLength, codec, checksum, keyLength);
        segment.keys.add(key);
        index.put(key, new Location(segment, offset, entry));
        paused = false;
        metrics.count(Counter.SSD_WRITES);
        metrics.add(Counter.SSD_WRITE_BYTES, stored);
    }

    /** Only text is worth the time: other encodings are packed already. */
    private static boolean pays(Block block) {
        return block.encoding() == Encoding.PLAIN && block.physical() == Physical.BYTES && block.byteSize() > 4096;
    }

    /** The bytes compressed, or null where that saves less than a quarter. */
    private static @Nullable ByteBuffer compressed(ByteBuffer raw) {
        int size = raw.remaining();
        ByteBuffer target = ByteBuffer.allocateDirect(size - size / 4);
        try {
            long length = Zstd.compressDirectByteBuffer(target, 0, target.capacity(), raw, 0, size, 1);
            return target.limit((int) length);
        } catch (ZstdException e) {
            if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
                return null;
            }
            throw e;
        }
    }

    /** Evicts until a new segment of a tenant fits the tier and the tenant's share; false if it cannot. */
    private boolean makeRoom(Tenant tenant, long bytes) throws IOException {
        long share = tenant.cacheShare(budget);
        while (usedBy(tenant.name()) + bytes > share) {
            if (!evictColdest(tenant.name(), tenant.name())) {
                return false;
            }
        }
        while (used + bytes > budget) {
            if (!evictColdest(null, tenant.name())) {
                return false;
            }
        }
        return true;
    }

    private long usedBy(String tenant) {
        return segments.stream()
                .filter(segment -> segment.tenant.equals(tenant))
                .mapToLong(SsdSegment::length)
                .sum();
    }

    /** Evicts the segment used least; of one tenant, or of all. */
    private boolean evictColdest(@Nullable String only, String writer) throws IOException {
        SsdSegment coldest = null;
        for (SsdSegment segment : segments) {
            boolean mayGo = only == null || segment.tenant.equals(only);
            // Another tenant's segment that is being written has had no time to be used.
            boolean fresh = active.get(segment.tenant) == segment && !segment.tenant.equals(writer);
            if (mayGo && !fresh && (coldest == null || segment.score.get() < coldest.score.get())) {
                coldest = segment;
            }
        }
        if (coldest == null) {
            return false;
        }
        for (SsdSegment segment : segments) {
            segment.score.set(segment.score.get() / 2);
        }
        counts(coldest.tenant).evictions.add(coldest.keys.size());
        drop(coldest);
        metrics.count(Counter.SSD_SEGMENTS_EVICTED);
        return true;
    }

    private void drop(SsdSegment segment) throws IOException {
        segments.remove(segment);
        active.remove(segment.tenant, segment);
        used -= segment.length();
        for (BlockKey key : segment.keys) {
            Location location = index.get(key);
            if (location != null && location.segment == segment) {
                index.remove(key, location);
            }
        }
        segment.delete();
    }

    /** Deletes the oldest files where the budget is smaller than in an earlier run. */
    private synchronized void shrink() throws IOException {
        while (used > budget && !segments.isEmpty()) {
            drop(segments.getFirst());
        }
    }

    /**
     * Forgets blocks by name. A file all of whose blocks are forgotten is deleted; of others the bytes stay until the file
     * is evicted, and come back with a restart, which does no harm: keys hold the object's version.
     *
     * @return the stored bytes of those forgotten
     */
    public synchronized Map<BlockKey, Long> evict(Predicate<BlockKey> which) {
        Map<BlockKey, Long> forgotten = new HashMap<>();
        for (BlockKey key : List.copyOf(index.keySet())) {
            Location location = which.test(key) ? index.remove(key) : null;
            if (location != null) {
                forgotten.put(key, (long) location.entry.storedLength());
            }
        }
        for (SsdSegment segment : List.copyOf(segments)) {
            if (segment.keys.stream().noneMatch(index::containsKey)) {
                try {
                    drop(segment);
                } catch (IOException e) {
                    LOG.warn("a file without blocks stays: {}", e.toString());
                }
            }
        }
        return forgotten;
    }

    public synchronized long bytes() {
        return used;
    }

    private TierCounts counts(String tenant) {
        return counts.computeIfAbsent(tenant, name -> new TierCounts());
    }

    public TierUsage usage(Tenant tenant) {
        long bytes;
        synchronized (this) {
            bytes = usedBy(tenant.name());
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

    /** The files stay for the next run. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            index.clear();
            segments.forEach(SsdSegment::release);
            segments.clear();
            active.clear();
            folder.close();
        }
    }
}
