package dev.aquifer.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeFolderTest {
    @TempDir
    Path folder;

    /** Else a node on a small disk would drop a part of its blocks at each start. */
    @Test
    void whatTheNodeHasIsNoReasonToHaveLess() throws IOException {
        assertEquals(300L << 20, NodeFolder.suitableBytes(folder, 600L << 20));
        Path blocks = Files.createDirectories(folder.resolve("blocks"));
        try (RandomAccessFile file = new RandomAccessFile(blocks.resolve("1").toFile(), "rw")) {
            // Takes nothing of the disk.
            file.setLength(300L << 20);
        }
        assertEquals(300L << 20, NodeFolder.suitableBytes(folder, 300L << 20));
    }

    @Test
    void thereIsALeastAndAMost() throws IOException {
        assertEquals(64L << 20, NodeFolder.suitableBytes(folder, 0));
        assertEquals(10L << 30, NodeFolder.suitableBytes(folder, 1L << 50));
    }
}
