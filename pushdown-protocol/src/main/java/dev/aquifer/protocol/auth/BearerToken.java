package dev.aquifer.protocol.auth;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import java.util.Locale;
import java.util.concurrent.Executor;

/**
 * A bearer token (RFC 6750), as client credentials and as read by a server. Its text never shows in {@link #toString()}.
 *
 * @param value printable ASCII without spaces
 */
public record BearerToken(String value) {
    public static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final String SCHEME = "Bearer ";

    public BearerToken {
        if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new AquiferException(
                    ErrorCode.UNAUTHENTICATED,
                    "a token must be printable ASCII without spaces, and this one of " + value.length()
                            + " characters is not");
        }
    }

    /**
     * The token of a call.
     *
     * @throws AquiferException UNAUTHENTICATED where there is none
     */
    public static BearerToken of(Metadata headers) {
        String header = headers.get(AUTHORIZATION);
        if (header == null) {
            throw new AquiferException(
                    ErrorCode.UNAUTHENTICATED, "no token: send the metadata \"authorization: Bearer TOKEN\"");
        }
        if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME.toLowerCase(Locale.ROOT))) {
            throw new AquiferException(
                    ErrorCode.UNAUTHENTICATED, "the authorization metadata is not of the form \"Bearer TOKEN\"");
        }
        return new BearerToken(header.substring(SCHEME.length()).strip());
    }

    /** For {@code stub.withCallCredentials}. */
    public CallCredentials credentials() {
        return new CallCredentials() {
            @Override
            public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
                Metadata headers = new Metadata();
                headers.put(AUTHORIZATION, SCHEME + value);
                applier.apply(headers);
            }
        };
    }

    @Override
    public String toString() {
        return "BearerToken[...]";
    }
}
