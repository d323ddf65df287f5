package dev.aquifer.protocol.status;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;

/** What to say of a server that does not start. */
public final class Listening {
    private Listening() {}

    /** USAGE, with the system's reason: gRPC says only that it failed to bind, and keeps why as the cause. */
    public static AquiferException failed(String host, int port, IOException error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        String reason = cause instanceof UnresolvedAddressException
                ? "there is no such host"
                : String.valueOf(cause.getMessage());
        return new AquiferException(ErrorCode.USAGE, "cannot listen on " + host + ":" + port + ": " + reason, error);
    }
}
