package dev.aquifer.protocol.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StatusesTest {
    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyCodeComesBackAsItWas(ErrorCode code) {
        AquiferException sent = new AquiferException(code, "the value 7 is not 8%");

        StatusRuntimeException status = Statuses.toStatus(sent);
        AquiferException received = Statuses.fromStatus(status, "node 1");

        assertEquals(code, received.code());
        assertEquals("the value 7 is not 8%", received.getMessage());
        assertEquals(Optional.empty(), received.retryAfter());
        assertFalse(status.getStatus().isOk());
    }

    @Test
    void retryAfterTravels() {
        AquiferException sent = AquiferException.retryLater(
                ErrorCode.CONCURRENCY_EXCEEDED, "tenant a runs 4 fragments", Duration.ofMillis(1_250));

        AquiferException received = Statuses.fromStatus(Statuses.toStatus(sent), "node 1");

        assertEquals(Optional.of(Duration.ofMillis(1_250)), received.retryAfter());
        assertEquals(ErrorCode.CONCURRENCY_EXCEEDED, received.code());
    }

    @Test
    void aDefectIsToldByItsClassOnly() {
        StatusRuntimeException status = Statuses.toStatus(new IllegalStateException("secret of another tenant"));

        assertEquals(Status.Code.INTERNAL, status.getStatus().getCode());
        assertEquals(ErrorCode.INTERNAL, Statuses.fromStatus(status, "node 1").code());
        String description = String.valueOf(status.getStatus().getDescription());
        assertTrue(description.contains("IllegalStateException"), description);
        assertFalse(description.contains("secret"), description);
    }

    @Test
    void aStatusPassesThrough() {
        StatusRuntimeException status =
                Status.UNAVAILABLE.withDescription("io exception").asRuntimeException();

        assertSame(status, Statuses.toStatus(status));
    }

    @Test
    void failuresWithoutCodeGetTheOneThatFits() {
        StatusRuntimeException refused =
                Status.UNAVAILABLE.withDescription("io exception").asRuntimeException();

        AquiferException received = Statuses.fromStatus(refused, "127.0.0.1:7070");

        assertEquals(ErrorCode.NODE_UNAVAILABLE, received.code());
        assertEquals("127.0.0.1:7070: UNAVAILABLE: io exception", received.getMessage());
    }

    @Test
    void trailersThatAreNoNumbersTellNothing() {
        Metadata trailers = new Metadata();
        trailers.put(Statuses.ERROR_CODE, "12345678901234567890");
        trailers.put(Statuses.RETRY_AFTER_MILLIS, "-1");

        AquiferException received = Statuses.fromStatus(Status.INVALID_ARGUMENT.asRuntimeException(trailers), "node 1");

        assertEquals(ErrorCode.INVALID_ARGUMENT, received.code());
        assertEquals(Optional.empty(), received.retryAfter());
    }

    /** Peers drop trailers over 8 KiB; characters outside of ASCII take nine bytes there. */
    @Test
    void longMessagesAreCut() {
        for (String unit : new String[] {"x", "%", "\u00e9", "\ud83d\ude00"}) {
            AquiferException sent = new AquiferException(ErrorCode.SYNTAX, unit.repeat(20_000));

            String description =
                    String.valueOf(Statuses.toStatus(sent).getStatus().getDescription());

            int encoded = 0;
            for (byte b : description.getBytes(StandardCharsets.UTF_8)) {
                encoded += b >= ' ' && b <= '~' && b != '%' ? 1 : 3;
            }
            assertTrue(encoded <= 6_100, unit + ": " + encoded);
            assertTrue(encoded >= 5_900, unit + ": " + encoded);
            assertTrue(description.startsWith(unit), description.substring(0, 10));
            assertFalse(Character.isHighSurrogate(description.charAt(description.length() - 4)));
        }
    }
}
