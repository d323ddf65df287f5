package dev.aquifer.service.cache;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A node's folder, held by one node at a time. The operating system lets go of the lock however the node ends. */
final class SsdFolder implements AutoCloseable {
    private final Path segments;
    private final FileChannel lockFile;

    private SsdFolder(Path segments, FileChannel lockFile) {
        this.segments = segments;
        this.lockFile = lockFile;
    }

    /** @throws AquiferException USAGE if the folder cannot be made or written, or another node has it */
    static SsdFolder open(Path folder) {
        try {
            Path segments = Files.createDirectories(folder.resolve("blocks"));
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(channel)) {
                channel.close();
                throw new AquiferException(
                        ErrorCode.USAGE,
                        "another node keeps its blocks in " + folder + ": give each node a folder of its own");
            }
            return new SsdFolder(segments, channel);
        } catch (IOException e) {
            throw new AquiferException(ErrorCode.USAGE, "cannot keep blocks in " + folder + ": " + e, e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // The other node is in this JVM.
            return false;
        }
    }

    /** Where segment files are. */
    Path segments() {
        return segments;
    }

    /** The segment files there are, in the order of their numbers. */
    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(segments)) {
            return all.filter(path -> path.getFileName().toString().endsWith(SsdSegment.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("giving back the folder of " + segments, e);
        }
    }
}
