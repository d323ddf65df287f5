package dev.aquifer.protocol.status;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

/** Where a server listens: how it is written, who reaches it, and what to say where it does not start. */
public final class Listening {
    private Listening() {}

    /** Host and port, as a client writes them. */
    public static String address(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Whether only this machine reaches a server that listens on a host. One that is unknown counts as no. */
    public static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // Starting the server says so.
            return false;
        }
    }

    /** USAGE, with the system's reason: gRPC says only that it failed to bind, and keeps why as the cause. */
    public static AquiferException failed(String host, int port, IOException error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        String reason = cause instanceof UnresolvedAddressException
                ? "there is no such host"
                : String.valueOf(cause.getMessage());
        return new AquiferException(ErrorCode.USAGE, "cannot listen on " + address(host, port) + ": " + reason, error);
    }
}
