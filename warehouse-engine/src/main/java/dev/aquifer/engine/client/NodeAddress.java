package dev.aquifer.engine.client;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Where a node is. */
public sealed interface NodeAddress {
    /** A node on the network. */
    record Network(String host, int port) implements NodeAddress {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** A node in this JVM, by the name that it listens under. */
    record InProcess(String name) implements NodeAddress {
        @Override
        public String toString() {
            return PREFIX + name;
        }
    }

    String PREFIX = "inprocess:";

    /** @throws AquiferException USAGE where the text is neither {@code host:port} nor {@code inprocess:NAME} */
    static NodeAddress parse(String text) {
        if (text.startsWith(PREFIX) && text.length() > PREFIX.length()) {
            return new InProcess(text.substring(PREFIX.length()));
        }
        int colon = text.lastIndexOf(':');
        if (colon > 0) {
            String host = text.substring(0, colon);
            String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (port > 0 && port <= 65_535 && !bare.isEmpty()) {
                    return new Network(bare, port);
                }
            } catch (NumberFormatException e) {
                throw bad(text, e);
            }
        }
        throw bad(text, null);
    }

    private static AquiferException bad(String text, @Nullable Exception cause) {
        return new AquiferException(ErrorCode.USAGE, "'" + text + "' is not a node; the form is host:port", cause);
    }
}
