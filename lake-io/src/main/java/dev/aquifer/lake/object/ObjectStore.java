package dev.aquifer.lake.object;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.source.ObjectVersion;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads objects by name and version. Safe for use by many threads. Names are {@code s3://bucket/key} and
 * {@code file:///absolute/path}; both are taken literally, nothing in them is percent-decoded.
 *
 * <p>Every method fails with an {@link AquiferException}: OBJECT_NOT_FOUND, ACCESS_DENIED, STORAGE_UNAVAILABLE (after
 * the configured attempts), or CANCELLED where the calling thread is interrupted.
 */
public interface ObjectStore {
    /** The object's version as it is now. */
    ObjectVersion head(String uri);

    /**
     * Every object whose name begins with a prefix, in ascending order of the UTF-8 bytes of the names. An empty list is
     * no error. For files the prefix is a folder, and everything below it is listed.
     */
    List<ObjectVersion> list(String prefix);

    /**
     * Fills a buffer from an object, beginning at the buffer's position; afterwards the position is at the limit.
     *
     * @param offset the first byte of the object; {@code offset + into.remaining()} must not be past its size
     * @throws AquiferException OBJECT_CHANGED if the object is no longer the version asked for
     */
    void read(ObjectVersion version, long offset, ByteBuffer into);
}
