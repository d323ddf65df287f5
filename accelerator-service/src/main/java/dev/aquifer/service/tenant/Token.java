package dev.aquifer.service.tenant;

import dev.aquifer.spi.type.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a bearer token. Tokens are kept and looked up in this form, so that neither a heap dump nor the time a
 * lookup takes tells one.
 */
record Token(Bytes digest) {
    static Token of(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return new Token(Bytes.of(sha.digest(text.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
