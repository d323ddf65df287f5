package dev.aquifer.protocol.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ListeningTest {
    @Test
    void addressesAreAsClientsWriteThem() {
        assertEquals("localhost:7410", Listening.address("localhost", 7410));
        assertEquals("127.0.0.1:0", Listening.address("127.0.0.1", 0));
        assertEquals("[::1]:7410", Listening.address("::1", 7410));
        assertEquals(
                "USER-1000 USAGE: cannot listen on [::1]:80: Permission denied",
                message(new IOException("Failed to bind", new IOException("Permission denied"))));
    }

    private static String message(IOException error) {
        var failed = Listening.failed("::1", 80, error);
        return failed.code().label() + ": " + failed.getMessage();
    }

    @Test
    void whoReachesAServer() {
        for (String host : List.of("0.0.0.0", "::", "192.0.2.1", "no such host")) {
            assertFalse(Listening.isLoopback(host), host);
        }
        for (String host : List.of("127.0.0.1", "127.8.9.1", "::1", "localhost", "::ffff:127.0.0.1")) {
            assertTrue(Listening.isLoopback(host), host);
        }
    }
}
