package dev.aquifer.lake.parquet;

import dev.aquifer.lake.object.ObjectStore;
import dev.aquifer.spi.source.ObjectVersion;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One object in memory, so that a test can damage it a thousand times. */
final class MemoryStore implements ObjectStore {
    static final String URI = "file:///memory/t.parquet";

    private final byte[] content;
    private final AtomicInteger reads = new AtomicInteger();

    MemoryStore(byte[] content) {
        this.content = content;
    }

    ObjectVersion object() {
        return new ObjectVersion(URI, "1", content.length);
    }

    int reads() {
        return reads.get();
    }

    @Override
    public ObjectVersion head(String uri) {
        return object();
    }

    @Override
    public List<ObjectVersion> list(String prefix) {
        return List.of(object());
    }

    @Override
    public void read(ObjectVersion version, long offset, ByteBuffer into) {
        reads.incrementAndGet();
        if (offset < 0 || offset > content.length - into.remaining()) {
            throw new IllegalArgumentException(
                    "bytes " + offset + " and " + into.remaining() + " more of " + content.length);
        }
        into.put(content, (int) offset, into.remaining());
    }
}
