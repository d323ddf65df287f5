package dev.aquifer.engine.catalog;

import dev.aquifer.lake.object.Lake;
import dev.aquifer.lake.object.LakeFile;
import dev.aquifer.lake.parquet.FooterCache;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Names to tables. A table is looked up anew for every query, so that replaced and added files are seen; footers are
 * cached by the version of their file. Thread-safe.
 */
public final class Catalog implements AutoCloseable {
    public static final String SCHEMA = "main";
    private static final long FOOTER_BYTES = 256L << 20;
    private static final int FOOTER_THREADS = 8;

    private final Lake lake;
    private final Map<String, String> tables;
    private final FooterCache footers;
    /** What each table was when it was last looked up: where its files are the same, so is all else. */
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private final ExecutorService readers = Executors.newFixedThreadPool(
            FOOTER_THREADS,
            Thread.ofPlatform().daemon().name("aquifer-footer-", 0).factory());

    private record Known(List<LakeFile> found, TableSnapshot snapshot) {}

    /** @param tables name to file, glob, folder or prefix, in the order in which they are listed */
    public Catalog(Lake lake, Map<String, String> tables) {
        this.lake = lake;
        this.footers = new FooterCache(lake, FOOTER_BYTES);
        this.tables = new LinkedHashMap<>(tables);
    }

    public List<String> names() {
        return List.copyOf(tables.keySet());
    }

    public boolean has(String name) {
        return tables.containsKey(name);
    }

    /**
     * The table as it is now; the same object for as long as its files are the same.
     *
     * @throws AquiferException UNKNOWN_TABLE, or a STORAGE code where its files cannot be listed or read
     */
    public TableSnapshot load(String name) {
        String location = tables.get(name);
        if (location == null) {
            throw new AquiferException(ErrorCode.UNKNOWN_TABLE, "there is no table " + name);
        }
        List<LakeFile> found = lake.resolve(location);
        Known last = known.get(name);
        if (last != null && last.found.equals(found)) {
            return last.snapshot;
        }
        List<DataFile> files = open(found);
        TableSnapshot snapshot = new TableSnapshot(name, location, SchemaMerge.merge(name, files), files);
        known.put(name, new Known(found, snapshot));
        return snapshot;
    }

    private List<DataFile> open(List<LakeFile> found) {
        List<Future<DataFile>> pending = new ArrayList<>(found.size());
        for (LakeFile file : found) {
            Callable<DataFile> read = () -> new DataFile(file.object(), footers.get(file.object()), file.partitions());
            pending.add(readers.submit(read));
        }
        List<DataFile> files = new ArrayList<>(found.size());
        try {
            for (Future<DataFile> file : pending) {
                files.add(file.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AquiferException known) {
                throw known;
            }
            throw new AquiferException(ErrorCode.INTERNAL, "reading a footer failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AquiferException(ErrorCode.CANCELLED, "interrupted while footers were read", e);
        } finally {
            pending.forEach(file -> file.cancel(false));
        }
        return files;
    }

    @Override
    public void close() {
        // What was asked for is still read, or refused by the lake: a task that was dropped would be waited for for
        // ever.
        readers.shutdown();
    }
}
