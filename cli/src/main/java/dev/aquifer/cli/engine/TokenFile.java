package dev.aquifer.cli.engine;

import dev.aquifer.cli.config.FileTrouble;
import dev.aquifer.protocol.auth.BearerToken;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tokens, one a line; a {@code #} at the start of a word starts a comment. A tenants file of a node will do: what follows the
 * token is passed over.
 */
final class TokenFile {
    private TokenFile() {}

    /** @throws AquiferException USAGE where the file cannot be read, names no token, or one that no client can send */
    static Set<BearerToken> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AquiferException(
                    ErrorCode.USAGE, "the tokens file " + file + " cannot be read: " + FileTrouble.reason(e), e);
        }
        Set<BearerToken> tokens = new HashSet<>();
        for (int number = 1; number <= lines.size(); number++) {
            String first = lines.get(number - 1).strip().split("\\s+", 2)[0];
            // Only where the word begins: a token cut short would be another one.
            if (!first.isEmpty() && first.charAt(0) != '#') {
                tokens.add(token(first, file + ":" + number));
            }
        }
        if (tokens.isEmpty()) {
            throw new AquiferException(
                    ErrorCode.USAGE, "the tokens file " + file + " names no token: nobody could come in");
        }
        return tokens;
    }

    private static BearerToken token(String text, String where) {
        try {
            return new BearerToken(text);
        } catch (AquiferException e) {
            throw new AquiferException(ErrorCode.USAGE, where + ": " + e.getMessage(), e);
        }
    }
}
