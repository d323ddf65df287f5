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

/** Tokens, one a line; {@code #} starts a comment. A tenants file of a node will do: what follows the token is passed over. */
final class TokenFile {
    private TokenFile() {}

    /** @throws AquiferException USAGE where the file cannot be read or names no token */
    static Set<BearerToken> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AquiferException(
                    ErrorCode.USAGE, "the tokens file " + file + " cannot be read: " + FileTrouble.reason(e), e);
        }
        Set<BearerToken> tokens = new HashSet<>();
        for (String line : lines) {
            int comment = line.indexOf('#');
            String text = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!text.isEmpty()) {
                tokens.add(new BearerToken(text.split("\\s+", 2)[0]));
            }
        }
        if (tokens.isEmpty()) {
            throw new AquiferException(
                    ErrorCode.USAGE, "the tokens file " + file + " names no token: nobody could come in");
        }
        return tokens;
    }
}
