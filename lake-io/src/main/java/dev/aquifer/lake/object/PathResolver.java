package dev.aquifer.lake.object;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.ObjectVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the files of a table; {@link Lake#resolve} says the rules. */
final class PathResolver {
    private static final String SUFFIX = ".parquet";

    private PathResolver() {}

    static List<LakeFile> resolve(ObjectStore store, String location) {
        // A trailing slash says folder; for local paths normalisation would lose it, and it means nothing there.
        String root =
                S3Location.isS3(location) ? S3Location.parse(location).uri() : FileStore.uri(FileStore.path(location));
        ObjectVersion single = single(store, root);
        if (single != null) {
            return List.of(new LakeFile(single, List.of()));
        }
        List<Candidate> files = Glob.hasWildcard(root) && !isFolder(root) ? matching(store, root) : below(store, root);
        if (files.isEmpty()) {
            throw nothing(root);
        }
        return Partitions.attach(files);
    }

    /** A file found, and its path below the root of the search. */
    record Candidate(ObjectVersion object, String relativePath) {}

    private static @Nullable ObjectVersion single(ObjectStore store, String uri) {
        if (S3Location.isS3(uri)) {
            S3Location at = S3Location.parse(uri);
            // An object of an empty name or one that ends in a slash is a folder marker.
            if (at.key().isEmpty() || at.key().endsWith("/")) {
                return null;
            }
            try {
                return store.head(uri);
            } catch (AquiferException e) {
                if (e.code() == ErrorCode.OBJECT_NOT_FOUND && !S3Errors.isNoSuchBucket(e)) {
                    return null;
                }
                throw e;
            }
        }
        Path path = FileStore.path(uri);
        return FileStore.exists(path) && !Files.isDirectory(path) ? store.head(uri) : null;
    }

    private static boolean isFolder(String uri) {
        return !S3Location.isS3(uri) && Files.isDirectory(FileStore.path(uri));
    }

    private static List<Candidate> below(ObjectStore store, String root) {
        String folder = root.endsWith("/") ? root : root + "/";
        List<Candidate> found = new ArrayList<>();
        if (!S3Location.isS3(root) && !isFolder(root)) {
            throw nothing(root);
        }
        for (ObjectVersion object : store.list(folder)) {
            String relative = object.uri().substring(folder.length());
            if (relative.endsWith(SUFFIX) && !isHidden(relative)) {
                found.add(new Candidate(object, relative));
            }
        }
        return found;
    }

    private static List<Candidate> matching(ObjectStore store, String pattern) {
        int scheme = pattern.indexOf("://") + 3;
        String bucket = S3Location.isS3(pattern) ? S3Location.parse(pattern).bucket() : "";
        if (Glob.hasWildcard(bucket)) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT, "'" + pattern + "': a bucket name cannot hold wildcards");
        }
        int root = scheme + new Glob(pattern.substring(scheme)).literalPrefix();
        String folder = pattern.substring(0, root);
        Glob glob = new Glob(pattern.substring(root, pattern.endsWith("/") ? pattern.length() - 1 : pattern.length()));
        if (!S3Location.isS3(pattern) && !isFolder(folder)) {
            throw nothing(pattern);
        }
        List<Candidate> found = new ArrayList<>();
        for (ObjectVersion object : store.list(folder)) {
            String relative = object.uri().substring(folder.length());
            if (relative.endsWith("/") || isHidden(relative)) {
                continue;
            }
            if (glob.matches(relative) || relative.endsWith(SUFFIX) && matchesFolder(glob, relative)) {
                found.add(new Candidate(object, relative));
            }
        }
        return found;
    }

    private static boolean matchesFolder(Glob glob, String relative) {
        for (int slash = relative.indexOf('/'); slash >= 0; slash = relative.indexOf('/', slash + 1)) {
            if (glob.matches(relative.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }

    /** Writers leave {@code _SUCCESS}, {@code _temporary/} and {@code .crc} files beside the data. */
    private static boolean isHidden(String relative) {
        int from = 0;
        while (from <= relative.length()) {
            int slash = relative.indexOf('/', from);
            int to = slash < 0 ? relative.length() : slash;
            String name = relative.substring(from, to);
            boolean partition = slash >= 0 && name.indexOf('=') > 0;
            if (name.startsWith(".") || name.startsWith("_") && !partition) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }

    private static AquiferException nothing(String root) {
        String shown = S3Location.isS3(root) ? root : FileStore.path(root).toString();
        if (Glob.hasWildcard(root) && !isFolder(root)) {
            return new AquiferException(ErrorCode.OBJECT_NOT_FOUND, "no file matches " + shown);
        }
        if (isFolder(root)) {
            return new AquiferException(ErrorCode.OBJECT_NOT_FOUND, "no " + SUFFIX + " file in the folder " + shown);
        }
        return new AquiferException(
                ErrorCode.OBJECT_NOT_FOUND,
                S3Location.isS3(root)
                        ? "no object " + shown + ", and no " + SUFFIX + " object under that prefix"
                        : "no such file or folder: " + shown);
    }
}
