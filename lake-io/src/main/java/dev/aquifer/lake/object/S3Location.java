package dev.aquifer.lake.object;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.Locale;

/** The two parts of {@code s3://bucket/key}; the key is taken literally and may be empty. */
record S3Location(String bucket, String key) {
    private static final String SCHEME = "s3://";

    static boolean isS3(String uri) {
        return uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || uri.regionMatches(true, 0, "s3a://", 0, 6);
    }

    static S3Location parse(String uri) {
        int from = uri.indexOf("://") + 3;
        int slash = uri.indexOf('/', from);
        String bucket = uri.substring(from, slash < 0 ? uri.length() : slash);
        if (bucket.isEmpty() || !bucket.equals(bucket.toLowerCase(Locale.ROOT)) || bucket.contains(" ")) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT, "'" + uri + "' has no valid bucket name; the form is s3://bucket/key");
        }
        return new S3Location(bucket, slash < 0 ? "" : uri.substring(slash + 1));
    }

    static String uri(String bucket, String key) {
        return SCHEME + bucket + "/" + key;
    }

    String uri() {
        return uri(bucket, key);
    }
}
