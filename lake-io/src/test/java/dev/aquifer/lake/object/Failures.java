package dev.aquifer.lake.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import org.junit.jupiter.api.function.Executable;

/** What users must see of a failure: the code, and one line that names what it is about. */
public final class Failures {
    private Failures() {}

    public static void expect(ErrorCode code, Executable action, String... mentioned) {
        AquiferException e = assertThrows(AquiferException.class, action);
        String message = String.valueOf(e.getMessage());
        assertEquals(code, e.code(), message);
        assertFalse(message.contains("\n"), message);
        for (String part : mentioned) {
            assertTrue(message.contains(part), () -> "'" + message + "' does not say '" + part + "'");
        }
    }
}
