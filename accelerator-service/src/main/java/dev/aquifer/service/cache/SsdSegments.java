package dev.aquifer.service.cache;

import dev.aquifer.service.tenant.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segment files of a node, and which of them go so that the bytes of all, and those of each tenant, keep within their
 * bounds. Guarded by its {@link SsdTier}.
 */
final class SsdSegments {
    private static final Logger LOG = LoggerFactory.getLogger(SsdSegments.class);
    private static final long MAX_SEGMENT_BYTES = 64L << 20;
    private static final long MIN_SEGMENT_BYTES = 1L << 20;

    private final SsdFolder folder;
    private final long budget;
    private final long segmentBytes;
    /** Told of each segment before its file goes. */
    private final Consumer<SsdSegment> leaving;

    private final List<SsdSegment> all = new ArrayList<>();
    /** The segment of each tenant that is being filled. */
    private final Map<String, SsdSegment> active = new HashMap<>();

    private long used;
    private long nextId = 1;

    SsdSegments(SsdFolder folder, long budget, Consumer<SsdSegment> leaving) {
        this.folder = folder;
        this.budget = budget;
        this.segmentBytes = Math.clamp(budget / 16, MIN_SEGMENT_BYTES, MAX_SEGMENT_BYTES);
        this.leaving = leaving;
    }

    /** What an earlier run left. Files that have another format go; files that cannot be read stay and are not used. */
    void recover(SsdSegment.Found found) throws IOException {
        for (Path file : folder.files()) {
            // Also of a file that is not used: its name is taken.
            nextId = Math.max(nextId, SsdSegment.numberOf(file) + 1);
            SsdSegment segment;
            try {
                segment = SsdSegment.open(file, found);
            } catch (IOException e) {
                LOG.warn("leaving out segment file {}: {}", file, e.toString());
                continue;
            }
            if (segment == null) {
                LOG.warn("deleting {}: it has no header of this version", file);
                Files.deleteIfExists(file);
                continue;
            }
            all.add(segment);
            used += segment.length();
            active.put(segment.tenant, segment);
        }
        // The budget may have been larger then.
        while (used > budget && !all.isEmpty()) {
            drop(all.getFirst());
        }
    }

    /**
     * The segment for a tenant's next record; others are evicted for it where they must.
     *
     * @return null if there is no room for that many bytes
     */
    @Nullable
    SsdSegment forRecord(Tenant tenant, long bytes) throws IOException {
        long share = tenant.cacheShare(budget);
        long needed = bytes + SsdSegment.HEADER_BYTES;
        if (needed > share / 2) {
            return null;
        }
        while (usedBy(tenant) + needed > share) {
            if (!evictColdest(tenant.name(), tenant.name())) {
                return null;
            }
        }
        while (used + needed > budget) {
            if (!evictColdest(null, tenant.name())) {
                return null;
            }
        }
        SsdSegment segment = active.get(tenant.name());
        // Several to a share, however small: what is evicted is a part of it.
        if (segment == null || segment.length() + bytes > Math.min(segmentBytes, share / 4)) {
            segment = SsdSegment.create(folder.segments(), nextId++, tenant.name());
            all.add(segment);
            active.put(tenant.name(), segment);
            used += segment.length();
        }
        return segment;
    }

    /** A record was written to a segment. */
    void grew(long bytes) {
        used += bytes;
    }

    /** Bytes of all files. */
    long bytes() {
        return used;
    }

    long usedBy(Tenant tenant) {
        return all.stream()
                .filter(segment -> segment.tenant.equals(tenant.name()))
                .mapToLong(SsdSegment::length)
                .sum();
    }

    List<SsdSegment> list() {
        return List.copyOf(all);
    }

    /** Evicts the segment used least; of one tenant, or of all. */
    private boolean evictColdest(@Nullable String only, String writer) throws IOException {
        SsdSegment coldest = null;
        for (SsdSegment segment : all) {
            boolean mayGo = only == null || segment.tenant.equals(only);
            if (mayGo && (coldest == null || goesBefore(segment, coldest, writer))) {
                coldest = segment;
            }
        }
        if (coldest == null) {
            return false;
        }
        for (SsdSegment segment : all) {
            segment.score.set(segment.score.get() / 2);
        }
        coldest.evicted = true;
        drop(coldest);
        return true;
    }

    /** Another tenant's segment that is being filled has had no time to be used: it goes last. */
    private boolean goesBefore(SsdSegment one, SsdSegment other, String writer) {
        boolean fresh = isFresh(one, writer);
        return fresh == isFresh(other, writer) ? one.score.get() < other.score.get() : !fresh;
    }

    private boolean isFresh(SsdSegment segment, String writer) {
        return active.get(segment.tenant) == segment && !segment.tenant.equals(writer);
    }

    void drop(SsdSegment segment) throws IOException {
        all.remove(segment);
        active.remove(segment.tenant, segment);
        used -= segment.length();
        leaving.accept(segment);
        segment.delete();
    }

    /** The files stay. */
    void close() {
        all.forEach(SsdSegment::release);
        all.clear();
        active.clear();
        folder.close();
    }
}
