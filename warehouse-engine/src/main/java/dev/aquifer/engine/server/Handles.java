package dev.aquifer.engine.server;

import com.google.protobuf.ByteString;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * What clients hold by a handle: random, owned by the credentials that made it. Clients that go away leave theirs, so that
 * handles unused for long, and the longest unused where there are too many, are forgotten. Thread-safe.
 */
final class Handles<T> {
    private final String what;
    private final int capacity;
    private final long idleNanos;
    private final LongSupplier clock;
    /** In the order of last use. */
    private final Map<ByteString, Held<T>> held = new LinkedHashMap<>(16, 0.75f, true);

    private record Held<T>(String owner, T value, long usedAt) {}

    /** @param what for messages, as {@code prepared statement} */
    Handles(String what, int capacity, Duration idle, LongSupplier clock) {
        this.what = what;
        this.capacity = capacity;
        this.idleNanos = idle.toNanos();
        this.clock = clock;
    }

    synchronized ByteString add(String owner, T value) {
        long now = clock.getAsLong();
        Iterator<Held<T>> oldestFirst = held.values().iterator();
        while (oldestFirst.hasNext()) {
            Held<T> oldest = oldestFirst.next();
            if (held.size() < capacity && now - oldest.usedAt() < idleNanos) {
                break;
            }
            oldestFirst.remove();
        }
        UUID random = UUID.randomUUID();
        ByteString handle = ByteString.copyFrom(ByteBuffer.allocate(16)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .flip());
        held.put(handle, new Held<>(owner, value, now));
        return handle;
    }

    /** @throws AquiferException INVALID_ARGUMENT if the owner has no such handle */
    synchronized T get(String owner, ByteString handle) {
        Held<T> entry = find(owner, handle);
        held.put(handle, new Held<>(owner, entry.value(), clock.getAsLong()));
        return entry.value();
    }

    /** As {@link #get}, and forgets the handle. */
    synchronized T take(String owner, ByteString handle) {
        Held<T> entry = find(owner, handle);
        held.remove(handle);
        return entry.value();
    }

    /** Forgets a handle; whether there was one. */
    synchronized boolean remove(String owner, ByteString handle) {
        Held<T> entry = held.get(handle);
        if (entry == null || !entry.owner().equals(owner)) {
            return false;
        }
        held.remove(handle);
        return true;
    }

    private Held<T> find(String owner, ByteString handle) {
        Held<T> entry = held.get(handle);
        if (entry == null || !entry.owner().equals(owner)) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT, "there is no such " + what + "; it may have been closed or expired");
        }
        return entry;
    }
}
