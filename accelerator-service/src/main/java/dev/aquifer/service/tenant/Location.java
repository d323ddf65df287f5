package dev.aquifer.service.tenant;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A place whose files callers may read: a folder of the node's disk with all below it, or what a bucket holds below a
 * prefix. Prefixes end at slashes: {@code s3://lake/data} says nothing of {@code s3://lake/data2/}.
 */
sealed interface Location {
    String OBJECTS = "s3://";
    String FILES = "file://";

    /**
     * @param uri of a file that a caller names: {@code s3://bucket/key} or {@code file:///absolute/path}, taken literally
     */
    boolean covers(String uri);

    /**
     * Reads {@code s3://} (every bucket), {@code s3://bucket}, {@code s3://bucket/prefix}, {@code /folder} or {@code
     * file:///folder}.
     *
     * @throws AquiferException USAGE for anything else
     */
    static Location parse(String text) {
        if (text.indexOf('*') >= 0 || text.indexOf('?') >= 0) {
            throw bad(text, "takes no wildcards: it is a folder or a prefix, with all that is below it");
        }
        return text.startsWith(OBJECTS) ? prefix(text) : folder(text);
    }

    private static Location prefix(String text) {
        String rest = text.substring(OBJECTS.length());
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String key = slash < 0 ? "" : rest.substring(slash + 1);
        if (bucket.isEmpty() && !key.isEmpty()) {
            throw bad(text, "names no bucket; the form is s3://BUCKET/PREFIX");
        }
        if (Prefix.climbs(key)) {
            throw bad(text, "has a '.' or '..' in it, which S3 does not resolve");
        }
        return new Prefix(bucket, key.endsWith("/") ? key.substring(0, key.length() - 1) : key);
    }

    private static Location folder(String text) {
        String path = text.startsWith(FILES) ? text.substring(FILES.length()) : text;
        if (!path.startsWith("/")) {
            throw bad(
                    text,
                    "is neither a folder from the root on, such as /mnt/lake, nor of the form s3://BUCKET/PREFIX");
        }
        try {
            return new Folder(Path.of(path).normalize());
        } catch (InvalidPathException e) {
            throw bad(text, "is not a path: " + e.getReason());
        }
    }

    private static AquiferException bad(String text, String what) {
        return new AquiferException(ErrorCode.USAGE, "the location '" + text + "' " + what);
    }

    /** A folder of the node's disk. Links are followed on both sides, as it is the files behind them that are read. */
    record Folder(Path path) implements Location {
        @Override
        public boolean covers(String uri) {
            if (!uri.startsWith(FILES + "/")) {
                return false;
            }
            Path file;
            try {
                // The lake's own reading of a name: '..' is gone before links are looked at.
                file = Path.of(uri.substring(FILES.length())).normalize();
            } catch (InvalidPathException e) {
                return false;
            }
            Path real = RealPath.of(file);
            Path allowed = RealPath.of(path);
            return real != null && allowed != null && real.startsWith(allowed);
        }
    }

    /**
     * Keys of a bucket.
     *
     * @param bucket a bucket's name, or empty for all buckets
     * @param key what keys begin with, up to a slash; empty for all keys
     */
    record Prefix(String bucket, String key) implements Location {
        @Override
        public boolean covers(String uri) {
            if (!uri.startsWith(OBJECTS)) {
                return false;
            }
            if (bucket.isEmpty()) {
                return true;
            }
            String start = OBJECTS + bucket + "/";
            if (!uri.startsWith(start)) {
                return false;
            }
            String itsKey = uri.substring(start.length());
            boolean below = key.isEmpty() || itsKey.equals(key) || itsKey.startsWith(key + "/");
            return below && !climbs(itsKey);
        }

        /**
         * Whether a key has a part {@code .} or {@code ..}, percent-encoded or not. To S3 those are names like others; a
         * server that keeps objects in a file system, or a proxy before it, may take them for ways up.
         */
        static boolean climbs(String key) {
            String plain = key.toLowerCase(Locale.ROOT)
                    .replace("%2e", ".")
                    .replace("%2f", "/")
                    .replace("%5c", "/")
                    .replace('\\', '/');
            List<String> parts = Arrays.asList(plain.split("/", -1));
            return parts.contains(".") || parts.contains("..");
        }
    }
}
