package dev.aquifer.lake.object;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the SDK's client as the settings say. */
final class S3Clients {
    private S3Clients() {}

    static S3Client open(LakeConfig config) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(AwsCrtHttpClient.builder()
                        .maxConcurrency(config.requests().parallelism())
                        .connectionTimeout(config.requests().connectTimeout()))
                .credentialsProvider(credentials(config))
                .forcePathStyle(config.pathStyle())
                .region(region(config))
                // Where the region was a guess, S3 itself says the right one.
                .crossRegionAccessEnabled(config.endpoint() == null)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .apiCallAttemptTimeout(config.requests().attemptTimeout()));
        if (config.endpoint() != null) {
            builder.endpointOverride(URI.create(config.endpoint()));
        }
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(LakeConfig config) {
        if (config.anonymous()) {
            return AnonymousCredentialsProvider.create();
        }
        String access = config.accessKey();
        String secret = config.secretKey();
        if (access == null || secret == null) {
            return DefaultCredentialsProvider.builder().build();
        }
        String token = config.sessionToken();
        return StaticCredentialsProvider.create(
                token == null
                        ? AwsBasicCredentials.create(access, secret)
                        : AwsSessionCredentials.create(access, secret, token));
    }

    private static Region region(LakeConfig config) {
        if (config.region() != null) {
            return Region.of(config.region());
        }
        Region configured = config.endpoint() == null ? configuredRegion() : null;
        return configured == null ? Region.US_EAST_1 : configured;
    }

    /** Without the question to the machine's metadata service, which takes seconds where there is none. */
    private static @Nullable Region configuredRegion() {
        try {
            return new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                    .getRegion();
        } catch (SdkClientException e) {
            return null; // the chain's way to say that nothing is configured
        }
    }
}
