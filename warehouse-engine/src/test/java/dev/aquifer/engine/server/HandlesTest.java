package dev.aquifer.engine.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HandlesTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final Handles<String> handles = new Handles<>("thing", 3, Duration.ofSeconds(10), clock::get);

    private void gone(String owner, ByteString handle) {
        AquiferException error = assertThrows(AquiferException.class, () -> handles.get(owner, handle));
        assertEquals(ErrorCode.INVALID_ARGUMENT, error.code());
    }

    @Test
    void onlyTheOwnerHasTheThing() {
        ByteString handle = handles.add("a", "x");

        gone("b", handle);
        assertFalse(handles.remove("b", handle));
        assertEquals("x", handles.get("a", handle));
        assertEquals("x", handles.take("a", handle));
        gone("a", handle);
    }

    @Test
    void theLongestUnusedGoesFirst() {
        ByteString first = handles.add("a", "1");
        ByteString second = handles.add("a", "2");
        ByteString third = handles.add("a", "3");
        assertEquals("1", handles.get("a", first));

        handles.add("a", "4");

        gone("a", second);
        assertEquals("1", handles.get("a", first));
        assertEquals("3", handles.get("a", third));
    }

    @Test
    void theUnusedExpire() {
        ByteString old = handles.add("a", "1");
        clock.addAndGet(Duration.ofSeconds(6).toNanos());
        ByteString young = handles.add("a", "2");
        clock.addAndGet(Duration.ofSeconds(6).toNanos());
        handles.add("a", "3");

        gone("a", old);
        assertEquals("2", handles.get("a", young));
        assertTrue(handles.remove("a", young));
        assertFalse(handles.remove("a", young));
    }
}
