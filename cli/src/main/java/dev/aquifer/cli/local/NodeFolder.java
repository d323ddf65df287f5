package dev.aquifer.cli.local;

import dev.aquifer.cli.config.CacheOption;
import dev.aquifer.cli.config.FileTrouble;
import dev.aquifer.cli.config.Folders;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A folder that one node in this process has to itself, below a folder that keeps several: what the last process found hot is
 * there for the next one, and processes that run at once do not get into each other's way.
 */
public final class NodeFolder implements AutoCloseable {
    private static final int MOST = 64;
    private static final long LEAST_BYTES = 64L << 20;
    private static final long MOST_BYTES = 10L << 30;

    private final Path path;
    private final FileChannel channel;

    private NodeFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * The first folder {@code NAME-0}, {@code NAME-1}, ... below {@code parent} that no living process has.
     *
     * @throws AquiferException STORAGE_UNAVAILABLE where none can be had
     */
    public static NodeFolder claim(Path parent, String name) {
        Folders.make(parent, CacheOption.CHOICE);
        try {
            for (int i = 0; i < MOST; i++) {
                FileChannel channel = lock(parent.resolve(name + "-" + i + ".lock"));
                if (channel != null) {
                    return new NodeFolder(Files.createDirectories(parent.resolve(name + "-" + i)), channel);
                }
            }
        } catch (IOException e) {
            throw new AquiferException(
                    ErrorCode.STORAGE_UNAVAILABLE,
                    "no folder for a node can be had in " + parent + ": " + FileTrouble.reason(e),
                    e);
        }
        throw new AquiferException(
                ErrorCode.STORAGE_UNAVAILABLE,
                "all " + MOST + " folders for nodes in " + parent + " are in use; choose another folder with "
                        + CacheOption.CHOICE);
    }

    /** The channel that holds the lock, or null where another process, or another node of this one, holds it. */
    private static @Nullable FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            FileLock lock = channel.tryLock();
            locked = lock != null;
        } catch (OverlappingFileLockException e) {
            // Held within this process.
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? channel : null;
    }

    public Path path() {
        return path;
    }

    /**
     * Bytes that a node may take there: 10 GiB, or half of what is free on a small disk, and 64 MiB at least; what it has
     * already counts as free.
     *
     * @throws AquiferException STORAGE_UNAVAILABLE where the disk or the folder cannot be looked at
     */
    public static long suitableBytes(Path folder) {
        try {
            return suitableBytes(folder, Files.getFileStore(folder).getUsableSpace());
        } catch (IOException e) {
            throw new AquiferException(
                    ErrorCode.STORAGE_UNAVAILABLE,
                    "it cannot be told how much room a node has in " + folder + ": " + FileTrouble.reason(e),
                    e);
        }
    }

    /** @param free bytes that are free on the folder's disk */
    static long suitableBytes(Path folder, long free) throws IOException {
        return Math.clamp((free + bytesOf(folder)) / 2, LEAST_BYTES, MOST_BYTES);
    }

    private static long bytesOf(Path folder) throws IOException {
        long[] bytes = new long[1];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes[0];
    }

    /** Lets others have the folder; what is in it stays. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AquiferException(
                    ErrorCode.STORAGE_UNAVAILABLE, "the lock of " + path + " does not close: " + e, e);
        }
    }
}
