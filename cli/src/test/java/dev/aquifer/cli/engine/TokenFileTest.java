package dev.aquifer.cli.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.protocol.auth.BearerToken;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenFileTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("tokens"), text);
    }

    /** A token cut short would be another one, which is easier to guess, and the right one would be refused. */
    @Test
    void aTokenIsReadAsANodeReadsIt() throws IOException {
        Path file = file("# of nobody\n\n  one#1 ads weight=4 # the token has a sign in it\ntwo\t#three\n#four lab\n");
        assertEquals(Set.of(new BearerToken("one#1"), new BearerToken("two")), TokenFile.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# one", "\n#\n", "one\nt\u00f6ken ads"})
    void aFileThatIsNoneIsWrongUsageAndNamed(String text) throws IOException {
        Path file = file(text);
        AquiferException error = assertThrows(AquiferException.class, () -> TokenFile.read(file));
        assertEquals(ErrorCode.USAGE, error.code());
        assertTrue(String.valueOf(error.getMessage()).contains(file.toString()), error.getMessage());
    }
}
