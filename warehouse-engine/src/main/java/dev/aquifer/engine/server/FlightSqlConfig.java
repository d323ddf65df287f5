package dev.aquifer.engine.server;

import dev.aquifer.engine.session.SessionOptions;
import dev.aquifer.protocol.auth.BearerToken;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.Set;

/**
 * How the Flight SQL server listens.
 *
 * @param host address to bind
 * @param port port to bind; 0 for any that is free
 * @param defaults what a session has where its client does not say otherwise; its token stands for clients without one
 * @param tokens tokens that are let in; where empty, everybody is, and the nodes decide what a token may
 * @param memoryBytes memory for results on their way out, over all clients
 */
public record FlightSqlConfig(
        String host, int port, SessionOptions defaults, Set<BearerToken> tokens, long memoryBytes) {
    private static final long DEFAULT_MEMORY = 512L << 20;

    public FlightSqlConfig {
        tokens = Set.copyOf(tokens);
        if (port < 0 || port > 65_535 || memoryBytes < 1) {
            throw new AquiferException(
                    ErrorCode.USAGE, "port " + port + " or memory " + memoryBytes + " is out of range");
        }
    }

    /** On the loopback interface, open to every local client. */
    public static FlightSqlConfig local(int port) {
        return new FlightSqlConfig("127.0.0.1", port, SessionOptions.DEFAULT, Set.of(), DEFAULT_MEMORY);
    }

    public FlightSqlConfig withDefaults(SessionOptions newDefaults) {
        return new FlightSqlConfig(host, port, newDefaults, tokens, memoryBytes);
    }

    public FlightSqlConfig withTokens(Set<BearerToken> newTokens) {
        return new FlightSqlConfig(host, port, defaults, newTokens, memoryBytes);
    }
}
