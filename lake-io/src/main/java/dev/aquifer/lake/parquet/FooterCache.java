package dev.aquifer.lake.parquet;

import dev.aquifer.lake.object.ObjectStore;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.ObjectVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Footers by object version, the least recently used dropped first. Safe for use by many threads; a footer that several ask
 * for is read once. Failures are not kept.
 */
public final class FooterCache {
    /** A parsed footer takes a few times its bytes in the file; small ones are mostly objects. */
    static final long LEAST_WEIGHT = 4096;

    private final ObjectStore store;
    private final long capacityBytes;
    private final LinkedHashMap<ObjectVersion, CompletableFuture<ParquetFooter>> footers =
            new LinkedHashMap<>(16, 0.75f, true);
    private long heldBytes;

    /**
     * @param capacityBytes the most bytes that the footers kept have in their files
     */
    public FooterCache(ObjectStore store, long capacityBytes) {
        this.store = store;
        this.capacityBytes = capacityBytes;
    }

    /**
     * The footer of an object.
     *
     * @throws AquiferException as {@link ParquetFooter#read}
     */
    public ParquetFooter get(ObjectVersion object) {
        return get(store, object);
    }

    /**
     * The footer of an object, read where it is not known through the given view of the store: of somebody who counts what
     * is read for him, say.
     *
     * @throws AquiferException as {@link ParquetFooter#read}
     */
    public ParquetFooter get(ObjectStore through, ObjectVersion object) {
        CompletableFuture<ParquetFooter> ours = new CompletableFuture<>();
        while (true) {
            CompletableFuture<ParquetFooter> theirs;
            synchronized (footers) {
                theirs = footers.putIfAbsent(object, ours);
            }
            if (theirs == null) {
                return load(through, object, ours);
            }
            try {
                return theirs.join();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof AquiferException failure)) {
                    throw e;
                }
                // Who was reading gave up; that is no reason for us to.
                if (failure.code() != ErrorCode.CANCELLED) {
                    throw failure;
                }
            }
        }
    }

    /** The footer of an object where it is known and no read is needed, else null. */
    public @Nullable ParquetFooter peek(ObjectVersion object) {
        synchronized (footers) {
            CompletableFuture<ParquetFooter> known = footers.get(object);
            return known == null || !known.isDone() || known.isCompletedExceptionally() ? null : known.join();
        }
    }

    private ParquetFooter load(ObjectStore through, ObjectVersion object, CompletableFuture<ParquetFooter> ours) {
        try {
            ParquetFooter footer = ParquetFooter.read(through, object);
            keep(object, footer);
            ours.complete(footer);
            return footer;
        } catch (RuntimeException | Error e) {
            synchronized (footers) {
                footers.remove(object, ours);
            }
            ours.completeExceptionally(e);
            throw e;
        }
    }

    private void keep(ObjectVersion object, ParquetFooter footer) {
        synchronized (footers) {
            heldBytes += weight(footer);
            var eldest = footers.entrySet().iterator();
            while (heldBytes > capacityBytes && eldest.hasNext()) {
                Map.Entry<ObjectVersion, CompletableFuture<ParquetFooter>> entry = eldest.next();
                if (entry.getKey().equals(object)) {
                    continue;
                }
                CompletableFuture<ParquetFooter> old = entry.getValue();
                if (old.isDone() && !old.isCompletedExceptionally()) {
                    heldBytes -= weight(old.join());
                    eldest.remove();
                }
            }
        }
    }

    private static long weight(ParquetFooter footer) {
        return Math.max(LEAST_WEIGHT, footer.bytes());
    }
}
