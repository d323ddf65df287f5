package dev.aquifer.lake.object;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.source.ObjectVersion;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every object there is: {@code s3://} names go to S3, {@code file://} names and plain paths to the local disk. The S3
 * client is made when the first S3 name is used, so that local work needs no AWS settings.
 */
public final class Lake implements ObjectStore, AutoCloseable {
    private final LakeConfig config;
    private final LakeMetrics metrics = new LakeMetrics();
    private final FileStore files = new FileStore(metrics);
    private @Nullable S3Store s3;
    private boolean closed;

    public Lake(LakeConfig config) {
        this.config = config;
    }

    public LakeMetrics metrics() {
        return metrics;
    }

    @Override
    public ObjectVersion head(String uri) {
        return store(uri).head(uri);
    }

    @Override
    public List<ObjectVersion> list(String prefix) {
        return store(prefix).list(prefix);
    }

    @Override
    public void read(ObjectVersion version, long offset, ByteBuffer into) {
        store(version.uri()).read(version, offset, into);
    }

    /**
     * The files of a table, in ascending order of the UTF-8 bytes of their names.
     *
     * <ul>
     *   <li>A name of an existing file or object: that one, whatever it is called.
     *   <li>A folder or S3 prefix: everything below it whose name ends in {@code .parquet}.
     *   <li>A glob ({@code *} and {@code ?} within a name, {@code **} across folders): the files whose path matches, and the
     *       {@code .parquet} files below folders that match.
     * </ul>
     *
     * Below a folder and for wildcards, names that begin with {@code .} or {@code _} are passed over, except partition
     * folders. Folders called {@code key=value} below the given folder, or from a glob's first wildcard on, become
     * partition values: percent-decoded, {@code __HIVE_DEFAULT_PARTITION__} as null; INT64 where all values of all files
     * are whole numbers, DATE where all are dates, else VARCHAR.
     *
     * @throws AquiferException OBJECT_NOT_FOUND if there is no such file, UNSUPPORTED_FILE if files disagree on the
     *     partition keys
     */
    public List<LakeFile> resolve(String location) {
        return PathResolver.resolve(store(location), location);
    }

    private ObjectStore store(String uri) {
        return S3Location.isS3(uri) ? s3() : files;
    }

    private synchronized ObjectStore s3() {
        if (closed) {
            throw new IllegalStateException("the lake is closed");
        }
        S3Store store = s3;
        if (store == null) {
            store = S3Store.open(config, metrics);
            s3 = store;
        }
        return store;
    }

    @Override
    public synchronized void close() {
        closed = true;
        S3Store store = s3;
        if (store != null) {
            s3 = null;
            store.close();
        }
    }
}
