package dev.aquifer.lake.object;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** What an exception of the AWS SDK means: whether to try again, and what to tell the user. */
final class S3Errors {
    private final LakeConfig config;

    S3Errors(LakeConfig config) {
        this.config = config;
    }

    static boolean isNoSuchBucket(AquiferException e) {
        return e.getCause() instanceof AwsServiceException service && "NoSuchBucket".equals(code(service));
    }

    private static String code(AwsServiceException e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }

    /** Whether the same request can succeed when it is sent again. */
    static boolean isTransient(SdkException e) {
        if (e instanceof AwsServiceException service) {
            return service.statusCode() >= 500
                    || service.statusCode() == 429
                    || service.statusCode() == 408
                    || service.isThrottlingException()
                    || "RequestTimeout".equals(code(service));
        }
        if (e instanceof AbortedException) {
            return false;
        }
        return e instanceof ApiCallAttemptTimeoutException || e.retryable() || find(e, IOException.class) != null;
    }

    /** Whether the HEAD request failed in a way that only an answer with a body explains. */
    static boolean needsBody(SdkException e) {
        return e instanceof AwsServiceException service
                && (service.statusCode() == 301
                        || service.statusCode() == 400
                        || service.statusCode() == 403
                        || service.statusCode() == 404);
    }

    static <T extends Throwable> @Nullable T find(Throwable e, Class<T> type) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }

    AquiferException translate(SdkException e, S3Location at, int attempts) {
        AquiferException ours = find(e, AquiferException.class);
        if (ours != null) {
            return ours;
        }
        if (e instanceof AbortedException || find(e, InterruptedException.class) != null) {
            return new AquiferException(ErrorCode.CANCELLED, "interrupted while reading " + at.uri(), e);
        }
        if (e instanceof AwsServiceException service) {
            return refused(service, at, attempts);
        }
        String message = String.valueOf(e.getMessage());
        if (e instanceof SdkClientException && message.contains("credentials")) {
            return new AquiferException(
                    ErrorCode.ACCESS_DENIED,
                    "no S3 credentials for " + at.uri() + ": set AQUIFER_S3_ACCESS_KEY and AQUIFER_S3_SECRET_KEY, or"
                            + " the usual AWS settings, or AQUIFER_S3_ANONYMOUS=true for a public bucket",
                    e);
        }
        return unavailable(at, attempts, rootMessage(e), e);
    }

    private AquiferException refused(AwsServiceException e, S3Location at, int attempts) {
        String code = code(e);
        String said = said(e, code);
        if (isTransient(e)) {
            return unavailable(at, attempts, said, e);
        }
        return switch (code) {
            case "NoSuchBucket" ->
                new AquiferException(
                        ErrorCode.OBJECT_NOT_FOUND, "no such bucket: " + at.bucket() + " at " + endpoint(), e);
            case "NoSuchKey" -> notFound(at, e);
            // Ranges are within the planned size.
            case "PreconditionFailed", "InvalidRange" -> changed(at, e);
            case "AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException" ->
                new AquiferException(
                        ErrorCode.USAGE,
                        "bucket " + at.bucket() + " is in another region than "
                                + (config.region() == null ? "the AWS settings say" : config.region())
                                + ": set AQUIFER_S3_REGION (" + said + ")",
                        e);
            case "InvalidAccessKeyId" ->
                denied(at, "the server does not know the access key" + key() + "; check the access key", said, e);
            case "SignatureDoesNotMatch" ->
                denied(
                        at,
                        "the secret key does not belong to the access key" + key() + "; check the secret key",
                        said,
                        e);
            case "RequestTimeTooSkewed" -> denied(at, "the clock of this machine is wrong; set it", said, e);
            case "ExpiredToken", "InvalidToken" ->
                denied(at, "the session token is no longer valid; renew it", said, e);
            default ->
                switch (e.statusCode()) {
                    case 404 -> notFound(at, e);
                    case 412, 416 -> changed(at, e);
                    case 401, 403 ->
                        denied(
                                at,
                                "check the access key" + key()
                                        + ", the secret key, and that they may read this bucket (s3:GetObject,"
                                        + " s3:ListBucket)",
                                said,
                                e);
                    default ->
                        new AquiferException(
                                ErrorCode.STORAGE_UNAVAILABLE,
                                "S3 at " + endpoint() + " refused to read " + at.uri() + ": " + said,
                                e);
                };
        };
    }

    private static String said(AwsServiceException e, String code) {
        return "HTTP " + e.statusCode() + (code.isEmpty() ? "" : " " + code);
    }

    private static AquiferException notFound(S3Location at, Throwable cause) {
        return new AquiferException(
                ErrorCode.OBJECT_NOT_FOUND, "no object " + at.key() + " in bucket " + at.bucket(), cause);
    }

    private static AquiferException changed(S3Location at, Throwable cause) {
        return new AquiferException(
                ErrorCode.OBJECT_CHANGED, at.uri() + " was replaced since the query was planned", cause);
    }

    private AquiferException denied(S3Location at, String what, String said, Throwable cause) {
        return new AquiferException(
                ErrorCode.ACCESS_DENIED,
                "S3 at " + endpoint() + " denies access to " + at.uri() + ": " + what + " (" + said + ")",
                cause);
    }

    AquiferException unavailable(S3Location at, int attempts, String why, @Nullable Throwable cause) {
        return new AquiferException(
                ErrorCode.STORAGE_UNAVAILABLE,
                "S3 at " + endpoint() + " did not deliver " + at.uri() + " in " + attempts
                        + (attempts == 1 ? " attempt: " : " attempts: ") + why,
                cause);
    }

    private String key() {
        return config.accessKey() == null ? "" : " " + config.accessKey();
    }

    private String endpoint() {
        return config.endpoint() == null ? "AWS" : config.endpoint();
    }

    /** The innermost message, on one line: the SDK's own say little more than that something failed. */
    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").strip();
    }
}
