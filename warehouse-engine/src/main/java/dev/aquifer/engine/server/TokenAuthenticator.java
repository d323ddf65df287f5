package dev.aquifer.engine.server;

import dev.aquifer.protocol.auth.BearerToken;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.auth2.Auth2Constants;
import org.apache.arrow.flight.auth2.CallHeaderAuthenticator;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: a bearer token, or a user and password of which the password is the token. A client without credentials has the
 * empty identity, where that is allowed.
 */
final class TokenAuthenticator implements CallHeaderAuthenticator {
    private final Set<BearerToken> accepted;

    TokenAuthenticator(Set<BearerToken> accepted) {
        this.accepted = accepted;
    }

    @Override
    public AuthResult authenticate(CallHeaders headers) {
        try {
            BearerToken token = token(headers.get(Auth2Constants.AUTHORIZATION_HEADER));
            if (!accepted.isEmpty() && (token == null || !isAccepted(token))) {
                throw new AquiferException(
                        ErrorCode.UNAUTHENTICATED,
                        token == null
                                ? "no credentials: connect with token=TOKEN, or with the token as password"
                                : "the token is not known");
            }
            return new Identity(token);
        } catch (AquiferException e) {
            throw FlightErrors.of(e);
        }
    }

    private static @Nullable BearerToken token(@Nullable String header) {
        if (header == null) {
            return null;
        }
        if (header.startsWith(Auth2Constants.BEARER_PREFIX)) {
            return new BearerToken(
                    header.substring(Auth2Constants.BEARER_PREFIX.length()).strip());
        }
        if (!header.startsWith(Auth2Constants.BASIC_PREFIX)) {
            throw new AquiferException(ErrorCode.UNAUTHENTICATED, "the authorization is neither Bearer nor Basic");
        }
        String pair;
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(header.substring(Auth2Constants.BASIC_PREFIX.length())
                            .strip());
            pair = new String(decoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new AquiferException(ErrorCode.UNAUTHENTICATED, "the Basic authorization is not base64", e);
        }
        String password = pair.substring(pair.indexOf(':') + 1);
        return password.isEmpty() ? null : new BearerToken(password);
    }

    /** Every token is compared, each in constant time, so that time tells nothing of how much was right. */
    private boolean isAccepted(BearerToken token) {
        byte[] bytes = token.value().getBytes(StandardCharsets.UTF_8);
        boolean found = false;
        for (BearerToken known : accepted) {
            found |= MessageDigest.isEqual(bytes, known.value().getBytes(StandardCharsets.UTF_8));
        }
        return found;
    }

    /** What a call is by; the identity is the token itself, or empty. */
    private record Identity(@Nullable BearerToken token) implements AuthResult {
        @Override
        public String getPeerIdentity() {
            return token == null ? "" : token.value();
        }

        /** A handshake answers with the token to send from then on. */
        @Override
        public void appendToOutgoingHeaders(CallHeaders headers) {
            if (token != null) {
                headers.insert(Auth2Constants.AUTHORIZATION_HEADER, Auth2Constants.BEARER_PREFIX + token.value());
            }
        }
    }
}
