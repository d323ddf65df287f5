package dev.aquifer.cli.config;

import dev.aquifer.lake.object.LakeConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to reach S3. Keys are not among the options: other users of a machine see a command's arguments. */
public final class LakeOptions {
    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            description = "An S3 server other than AWS, such as http://127.0.0.1:9000. Keys come from the environment"
                    + " (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) or wherever the AWS tools find them.")
    private @Nullable String endpoint;

    @Option(names = "--s3-region", paramLabel = "REGION", description = "The S3 region.")
    private @Nullable String region;

    @Option(
            names = "--s3-path-style",
            negatable = true,
            fallbackValue = "true",
            description = "Name the bucket in the path, not in the host. The default where there is an endpoint.")
    private @Nullable Boolean pathStyle;

    @Option(names = "--s3-anonymous", description = "Send requests without a signature: public buckets.")
    private boolean anonymous;

    /** The settings: options first, then the environment. */
    public LakeConfig config() {
        LakeConfig base = LakeConfig.fromEnvironment();
        boolean newEndpoint = endpoint != null;
        return new LakeConfig(
                newEndpoint ? endpoint : base.endpoint(),
                region != null ? region : base.region(),
                pathStyle != null ? pathStyle : newEndpoint || base.pathStyle(),
                base.accessKey(),
                base.secretKey(),
                base.sessionToken(),
                anonymous || base.anonymous(),
                base.requests());
    }
}
