package dev.aquifer.service.hydrate;

import dev.aquifer.lake.object.ObjectStore;
import dev.aquifer.spi.source.ObjectVersion;
import java.nio.ByteBuffer;
import java.util.List;

/** The lake as one request reads it: what it fetches counts for the request. */
record CountedStore(ObjectStore store, LoadCounts counts) implements ObjectStore {
    @Override
    public ObjectVersion head(String uri) {
        counts.fetched(0);
        return store.head(uri);
    }

    @Override
    public List<ObjectVersion> list(String prefix) {
        counts.fetched(0);
        return store.list(prefix);
    }

    @Override
    public void read(ObjectVersion version, long offset, ByteBuffer into) {
        int length = into.remaining();
        store.read(version, offset, into);
        counts.fetched(length);
    }
}
