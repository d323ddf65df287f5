package dev.aquifer.lake.object;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the lake.
 *
 * @param endpoint an S3 endpoint such as {@code http://127.0.0.1:9000}, or null for AWS
 * @param region the S3 region, or null for what the AWS settings say (with an endpoint: {@code us-east-1})
 * @param pathStyle whether the bucket is named in the path and not in the host name
 * @param accessKey explicit access key, or null for the default credential chain of AWS
 * @param secretKey explicit secret key; present if and only if {@code accessKey} is
 * @param sessionToken the token of temporary keys, or null
 * @param anonymous whether requests go unsigned (public buckets)
 * @param requests how patient and how many
 */
public record LakeConfig(
        @Nullable String endpoint,
        @Nullable String region,
        boolean pathStyle,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @Nullable String sessionToken,
        boolean anonymous,
        Requests requests) {

    /**
     * How requests are made.
     *
     * @param attempts how often a request is tried before it fails with STORAGE_UNAVAILABLE, at least 1
     * @param connectTimeout the longest wait for a connection
     * @param attemptTimeout the longest one attempt of one request may take, its bytes included
     * @param backoff the wait before the second attempt; it doubles with every further one, up to 5 seconds, with jitter
     * @param parallelism range requests that one store has in flight, at least 1
     * @param partBytes bytes of one range request; longer reads are split and fetched in parallel
     */
    public record Requests(
            int attempts,
            Duration connectTimeout,
            Duration attemptTimeout,
            Duration backoff,
            int parallelism,
            int partBytes) {
        public static final Requests DEFAULT =
                new Requests(5, Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMillis(100), 32, 8 << 20);

        public Requests {
            if (attempts < 1 || parallelism < 1 || partBytes < 1) {
                throw new AquiferException(
                        ErrorCode.USAGE,
                        "lake settings must be positive: attempts " + attempts + ", parallelism " + parallelism
                                + ", part bytes " + partBytes);
            }
        }
    }

    public LakeConfig {
        if ((accessKey == null) != (secretKey == null)) {
            throw new AquiferException(
                    ErrorCode.USAGE, "an S3 access key and its secret key go together: only one of them is set");
        }
        if (endpoint != null) {
            checkEndpoint(endpoint);
        }
    }

    private static void checkEndpoint(String endpoint) {
        URI uri;
        try {
            uri = URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw new AquiferException(ErrorCode.USAGE, "S3 endpoint '" + endpoint + "' is not a URL", e);
        }
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new AquiferException(
                    ErrorCode.USAGE, "S3 endpoint '" + endpoint + "' is not of the form http(s)://host[:port]");
        }
    }

    /** AWS with its default settings. */
    public static LakeConfig defaults() {
        return new LakeConfig(null, null, false, null, null, null, false, Requests.DEFAULT);
    }

    /**
     * The settings of this process: {@code AQUIFER_S3_ENDPOINT} (else {@code AWS_ENDPOINT_URL_S3}, else
     * {@code AWS_ENDPOINT_URL}), {@code AQUIFER_S3_REGION}, {@code AQUIFER_S3_PATH_STYLE} (default: true with an endpoint),
     * {@code AQUIFER_S3_ACCESS_KEY} with {@code AQUIFER_S3_SECRET_KEY} (and {@code AQUIFER_S3_SESSION_TOKEN}),
     * {@code AQUIFER_S3_ANONYMOUS}. What is not set is left to the AWS settings.
     *
     * @throws AquiferException USAGE if a value makes no sense
     */
    public static LakeConfig fromEnvironment() {
        return of(System.getenv());
    }

    static LakeConfig of(Map<String, String> environment) {
        String endpoint = value(environment, "AQUIFER_S3_ENDPOINT");
        if (endpoint == null) {
            endpoint = value(environment, "AWS_ENDPOINT_URL_S3");
        }
        if (endpoint == null) {
            endpoint = value(environment, "AWS_ENDPOINT_URL");
        }
        return new LakeConfig(
                endpoint,
                value(environment, "AQUIFER_S3_REGION"),
                flag(environment, "AQUIFER_S3_PATH_STYLE", endpoint != null),
                value(environment, "AQUIFER_S3_ACCESS_KEY"),
                value(environment, "AQUIFER_S3_SECRET_KEY"),
                value(environment, "AQUIFER_S3_SESSION_TOKEN"),
                flag(environment, "AQUIFER_S3_ANONYMOUS", false),
                Requests.DEFAULT);
    }

    private static @Nullable String value(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static boolean flag(Map<String, String> environment, String name, boolean otherwise) {
        String value = value(environment, name);
        if (value == null) {
            return otherwise;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw new AquiferException(ErrorCode.USAGE, name + " is '" + value + "', not true or false");
        };
    }

    /** These settings with an endpoint, path style on, and explicit keys: an S3 server of one's own. */
    public LakeConfig withEndpoint(String newEndpoint, String newAccessKey, String newSecretKey) {
        return new LakeConfig(newEndpoint, region, true, newAccessKey, newSecretKey, null, false, requests);
    }

    private LakeConfig with(Requests newRequests) {
        return new LakeConfig(endpoint, region, pathStyle, accessKey, secretKey, sessionToken, anonymous, newRequests);
    }

    public LakeConfig withRetries(int attempts, Duration backoff) {
        return with(new Requests(
                attempts,
                requests.connectTimeout,
                requests.attemptTimeout,
                backoff,
                requests.parallelism,
                requests.partBytes));
    }

    public LakeConfig withTimeouts(Duration connectTimeout, Duration attemptTimeout) {
        return with(new Requests(
                requests.attempts,
                connectTimeout,
                attemptTimeout,
                requests.backoff,
                requests.parallelism,
                requests.partBytes));
    }

    public LakeConfig withParts(int parallelism, int partBytes) {
        return with(new Requests(
                requests.attempts,
                requests.connectTimeout,
                requests.attemptTimeout,
                requests.backoff,
                parallelism,
                partBytes));
    }

    /** Everything but the secrets. */
    @Override
    public String toString() {
        return "LakeConfig[endpoint=" + (endpoint == null ? "AWS" : endpoint) + ", region=" + region + ", pathStyle="
                + pathStyle + ", credentials="
                + (anonymous ? "none" : accessKey == null ? "default chain" : "access key " + accessKey) + ", "
                + requests + "]";
    }
}
