package dev.aquifer.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTroubleTest {
    @Test
    void saysWhyAndNamesNoClass() {
        assertEquals("permission denied", FileTrouble.reason(new AccessDeniedException("/x")));
        assertEquals("there is no /x", FileTrouble.reason(new NoSuchFileException("/x")));
        assertEquals(
                "Read-only file system",
                FileTrouble.reason(new FileSystemException("/x", null, "Read-only file system")));
        assertEquals("Is a directory", FileTrouble.reason(new IOException("Is a directory")));
    }

    @Test
    void aFolderThatCannotBeMadeNamesTheChoice(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        AquiferException e = assertThrows(AquiferException.class, () -> Folders.make(file, "--data-dir"));
        assertEquals(ErrorCode.STORAGE_UNAVAILABLE, e.code());
        assertEquals(
                "folder " + file + " cannot be made: " + file
                        + " is there, and no folder; choose another with --data-dir",
                e.getMessage());
    }
}
