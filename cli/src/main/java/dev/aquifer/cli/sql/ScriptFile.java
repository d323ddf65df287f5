package dev.aquifer.cli.sql;

import dev.aquifer.cli.config.FileTrouble;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads scripts, which are UTF-8. */
final class ScriptFile {
    private ScriptFile() {}

    /** @throws AquiferException USAGE where there is no such file or it cannot be read as UTF-8 */
    static String read(String file) {
        try {
            return decode(Files.readAllBytes(Path.of(file)), file);
        } catch (NoSuchFileException e) {
            throw new AquiferException(ErrorCode.USAGE, "there is no file " + file, e);
        } catch (IOException e) {
            throw new AquiferException(
                    ErrorCode.USAGE, "file " + file + " cannot be read: " + FileTrouble.reason(e), e);
        } catch (InvalidPathException e) {
            throw new AquiferException(ErrorCode.USAGE, "\"" + file + "\" is not a path: " + e.getReason(), e);
        }
    }

    /** @throws AquiferException USAGE where standard input cannot be read as UTF-8 */
    static String read(InputStream in) {
        try {
            return decode(in.readAllBytes(), "standard input");
        } catch (IOException e) {
            throw new AquiferException(ErrorCode.USAGE, "standard input cannot be read: " + FileTrouble.reason(e), e);
        }
    }

    private static String decode(byte[] bytes, String what) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new AquiferException(ErrorCode.USAGE, what + " is not UTF-8 text", e);
        }
    }
}
