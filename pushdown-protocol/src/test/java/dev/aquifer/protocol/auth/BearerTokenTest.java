package dev.aquifer.protocol.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import io.grpc.Metadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BearerTokenTest {
    private static Metadata headers(String value) {
        Metadata headers = new Metadata();
        headers.put(BearerToken.AUTHORIZATION, value);
        return headers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer secret-1", "bearer secret-1", "BEARER  secret-1 "})
    void theSchemeIsReadInAnyCase(String header) {
        assertEquals(new BearerToken("secret-1"), BearerToken.of(headers(header)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret-1", "Basic dXNlcjpwYXNz", "Bearer", "Bearer ", "Bearer a b"})
    void otherHeadersAreRefused(String header) {
        AquiferException error = assertThrows(AquiferException.class, () -> BearerToken.of(headers(header)));
        assertEquals(ErrorCode.UNAUTHENTICATED, error.code());
        assertFalse(String.valueOf(error.getMessage()).contains("secret"), error.getMessage());
    }

    @Test
    void noHeaderIsRefused() {
        AquiferException error = assertThrows(AquiferException.class, () -> BearerToken.of(new Metadata()));
        assertEquals(ErrorCode.UNAUTHENTICATED, error.code());
    }

    @Test
    void theTextNeverShows() {
        assertFalse(new BearerToken("secret-1").toString().contains("secret"));
    }
}
