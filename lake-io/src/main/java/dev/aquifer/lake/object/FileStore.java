package dev.aquifer.lake.object;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.ObjectVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Local files. A version is made of modification time, inode and (by {@link ObjectVersion}) size; it is checked before and
 * after every read, so that bytes of a file that is being rewritten are never taken for the old ones.
 */
final class FileStore implements ObjectStore {
    private static final String SCHEME = "file://";
    /** The JDK reads a heap buffer through a direct one of the same size, kept by the thread; this bounds it. */
    private static final int READ_BYTES = 1 << 20;

    private final LakeMetrics metrics;

    FileStore(LakeMetrics metrics) {
        this.metrics = metrics;
    }

    /** The path of a {@code file://} name or a plain path; {@code ~/} is the home folder. */
    static Path path(String uri) {
        String text = uri;
        if (text.regionMatches(true, 0, "file:", 0, 5)) {
            text = text.startsWith("//", 5) ? text.substring(SCHEME.length()) : text.substring(5);
        } else if (text.indexOf("://") > 0) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + uri + "' is of no known kind; use s3://bucket/key or a file path");
        }
        if (text.startsWith("~/")) {
            text = System.getProperty("user.home") + text.substring(1);
        }
        if (text.isEmpty()) {
            throw new AquiferException(ErrorCode.INVALID_ARGUMENT, "the path is empty");
        }
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new AquiferException(ErrorCode.INVALID_ARGUMENT, "'" + uri + "' is not a path: " + e.getReason(), e);
        }
    }

    static String uri(Path path) {
        return SCHEME + path;
    }

    @Override
    public ObjectVersion head(String uri) {
        Path path = path(uri);
        try {
            return version(path);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private static ObjectVersion version(Path path) throws IOException {
        return version(path, Files.readAttributes(path, BasicFileAttributes.class));
    }

    private static ObjectVersion version(Path path, BasicFileAttributes attributes) {
        if (attributes.isDirectory()) {
            throw new AquiferException(ErrorCode.OBJECT_NOT_FOUND, path + " is a folder, not a file");
        }
        if (!attributes.isRegularFile()) {
            throw new AquiferException(ErrorCode.OBJECT_NOT_FOUND, path + " is not a regular file");
        }
        long nanos = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        Object key = attributes.fileKey();
        String inode = key == null ? "" : values(key.toString());
        return new ObjectVersion(uri(path), Long.toHexString(nanos) + "-" + inode, attributes.size());
    }

    /** Of "(dev=fd01,ino=1234)", as file keys are on Unix, "fd01.1234."; each query asks this for each file. */
    private static String values(String fileKey) {
        StringBuilder values = new StringBuilder(fileKey.length());
        boolean inValue = false;
        for (int i = 0; i < fileKey.length(); i++) {
            char next = fileKey.charAt(i);
            if (inValue) {
                inValue = Character.isLetterOrDigit(next);
                values.append(inValue ? next : '.');
            } else {
                inValue = next == '=';
            }
        }
        return values.isEmpty() ? fileKey : values.toString();
    }

    @Override
    public List<ObjectVersion> list(String prefix) {
        Path folder = path(prefix);
        List<ObjectVersion> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile()) {
                                found.add(version(file, attributes));
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                            // Who writes a table removes its own temporary files while others list them.
                            boolean gone = e instanceof NoSuchFileException && !file.equals(folder);
                            if (gone || e instanceof FileSystemLoopException) {
                                return FileVisitResult.CONTINUE;
                            }
                            throw e;
                        }
                    });
        } catch (IOException e) {
            throw failure(folder, e);
        }
        found.sort(Names.BY_URI);
        return found;
    }

    /** Whether there is a file or folder of this name. */
    static boolean exists(Path path) {
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false;
        } catch (IOException e) {
            if (notADirectory(e)) {
                return false;
            }
            throw failure(path, e);
        }
    }

    @Override
    public void read(ObjectVersion version, long offset, ByteBuffer into) {
        Path path = path(version.uri());
        int wanted = into.remaining();
        checkRange(version, offset, wanted);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            checkCurrent(version, path);
            long at = offset;
            int limit = into.limit();
            while (into.position() < limit) {
                into.limit(Math.min(limit, into.position() + READ_BYTES));
                int read = channel.read(into, at);
                into.limit(limit);
                if (read < 0) {
                    throw changed(version, "it ends at byte " + at);
                }
                at += read;
            }
            checkCurrent(version, path);
        } catch (IOException e) {
            throw failure(path, e);
        }
        metrics.fileReads.increment();
        metrics.fileBytes.add(wanted);
    }

    static void checkRange(ObjectVersion version, long offset, int length) {
        if (offset < 0 || offset > version.size() - length) {
            throw new IllegalArgumentException("bytes " + offset + " to " + (offset + length) + " of " + version.uri()
                    + ", which has " + version.size());
        }
    }

    private static void checkCurrent(ObjectVersion version, Path path) throws IOException {
        ObjectVersion now = version(path);
        if (!now.version().equals(version.version()) || now.size() != version.size()) {
            throw changed(
                    version,
                    "version " + version.version() + " with " + version.size() + " bytes became " + now.version()
                            + " with " + now.size());
        }
    }

    private static AquiferException changed(ObjectVersion version, String how) {
        return new AquiferException(
                ErrorCode.OBJECT_CHANGED, version.uri() + " was replaced since the query was planned: " + how);
    }

    private static boolean notADirectory(IOException e) {
        String message = e.getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).contains("not a directory");
    }

    private static AquiferException failure(Path path, IOException e) {
        if (e instanceof NoSuchFileException || e instanceof NotDirectoryException || notADirectory(e)) {
            Path missing = path;
            while (missing.getParent() != null && !Files.exists(missing.getParent())) {
                missing = missing.getParent();
            }
            String where = missing.equals(path) ? "" : " (there is no " + missing + ")";
            return new AquiferException(ErrorCode.OBJECT_NOT_FOUND, "no such file: " + path + where, e);
        }
        if (e instanceof AccessDeniedException) {
            return new AquiferException(
                    ErrorCode.ACCESS_DENIED,
                    "no permission to read " + path + " as user " + System.getProperty("user.name"),
                    e);
        }
        if (e instanceof ClosedByInterruptException) {
            return new AquiferException(ErrorCode.CANCELLED, "interrupted while reading " + path, e);
        }
        return new AquiferException(ErrorCode.STORAGE_UNAVAILABLE, "cannot read " + path + ": " + e.getMessage(), e);
    }
}
