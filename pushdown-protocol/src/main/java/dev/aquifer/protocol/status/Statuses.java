package dev.aquifer.protocol.status;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@link AquiferException} to gRPC status with trailers, and back. The status code is for clients that know gRPC only;
 * the trailer {@code aquifer-error-code} is exact.
 */
public final class Statuses {
    /** The decimal {@link ErrorCode#number()}. */
    public static final Metadata.Key<String> ERROR_CODE =
            Metadata.Key.of("aquifer-error-code", Metadata.ASCII_STRING_MARSHALLER);

    /** Milliseconds after which trying again makes sense; only where the error says so. */
    public static final Metadata.Key<String> RETRY_AFTER_MILLIS =
            Metadata.Key.of("aquifer-retry-after-ms", Metadata.ASCII_STRING_MARSHALLER);

    /** Bytes that a message may take in the trailers. Peers refuse trailers over 8 KiB, and lose the whole error then. */
    private static final int MAX_MESSAGE_BYTES = 6_000;

    private Statuses() {}

    /** What a server closes a call with, whatever was thrown. Defects are told by their class only, not their insides. */
    public static StatusRuntimeException toStatus(Throwable thrown) {
        return switch (thrown) {
            case AquiferException known -> toStatus(known);
            case StatusRuntimeException status -> status;
            case StatusException status ->
                status.getStatus().withCause(status).asRuntimeException(status.getTrailers());
            default ->
                toStatus(new AquiferException(
                        ErrorCode.INTERNAL,
                        "unexpected " + thrown.getClass().getSimpleName() + "; the node's log has more",
                        thrown));
        };
    }

    private static StatusRuntimeException toStatus(AquiferException error) {
        Metadata trailers = new Metadata();
        trailers.put(ERROR_CODE, Integer.toString(error.code().number()));
        error.retryAfter()
                .ifPresent(wait -> trailers.put(RETRY_AFTER_MILLIS, Long.toString(Math.max(0, wait.toMillis()))));
        String message = error.getMessage() == null ? error.code().name() : error.getMessage();
        return statusOf(error.code())
                .withDescription(cut(message))
                .withCause(error)
                .asRuntimeException(trailers);
    }

    /** The gRPC status that stands for a code. */
    static Status statusOf(ErrorCode code) {
        return switch (code) {
            case USAGE,
                    SYNTAX,
                    UNKNOWN_COLUMN,
                    UNKNOWN_FUNCTION,
                    TYPE_MISMATCH,
                    INVALID_QUERY,
                    DIVISION_BY_ZERO,
                    INVALID_CAST,
                    INVALID_ARGUMENT,
                    INVALID_PLAN,
                    PLAN_TOO_LARGE -> Status.INVALID_ARGUMENT;
            case OUT_OF_RANGE -> Status.OUT_OF_RANGE;
            case UNKNOWN_TABLE, OBJECT_NOT_FOUND, DEVICE_NOT_FOUND -> Status.NOT_FOUND;
            case UNSUPPORTED, UNSUPPORTED_FILE, DEVICE_UNSUPPORTED -> Status.UNIMPLEMENTED;
            case UNAUTHENTICATED -> Status.UNAUTHENTICATED;
            case PERMISSION_DENIED, ACCESS_DENIED -> Status.PERMISSION_DENIED;
            case CANCELLED -> Status.CANCELLED;
            case MEMORY_EXCEEDED, CONCURRENCY_EXCEEDED, DISK_FULL -> Status.RESOURCE_EXHAUSTED;
            case DEADLINE_EXCEEDED -> Status.DEADLINE_EXCEEDED;
            case NODE_UNAVAILABLE, STORAGE_UNAVAILABLE -> Status.UNAVAILABLE;
            case CORRUPT_FILE, NOT_PARQUET -> Status.DATA_LOSS;
            case OBJECT_CHANGED -> Status.ABORTED;
            case DEVICE_FAILED, INTERNAL -> Status.INTERNAL;
        };
    }

    /**
     * What a client makes of a failed call. A failure that no node told (connection refused, message too large) gets the code
     * that fits its gRPC status.
     *
     * @param peer who was called, for messages that the peer itself did not write
     */
    public static AquiferException fromStatus(StatusRuntimeException failure, String peer) {
        return fromStatus(failure.getStatus(), failure.getTrailers(), failure, peer);
    }

    public static AquiferException fromStatus(
            Status status, @Nullable Metadata trailers, Throwable cause, String peer) {
        String description = status.getDescription();
        Long number = trailers == null ? null : number(trailers.get(ERROR_CODE));
        if (number == null) {
            String what = description == null || description.isEmpty() ? "no description" : description;
            return new AquiferException(codeOf(status.getCode()), peer + ": " + status.getCode() + ": " + what, cause);
        }
        ErrorCode code = ErrorCode.ofNumber((int) (long) number);
        String message = description == null || description.isEmpty() ? code.name() : description;
        Long retryAfter = trailers == null ? null : number(trailers.get(RETRY_AFTER_MILLIS));
        if (retryAfter != null) {
            AquiferException error = AquiferException.retryLater(code, message, Duration.ofMillis(retryAfter));
            error.addSuppressed(cause);
            return error;
        }
        return new AquiferException(code, message, cause);
    }

    private static ErrorCode codeOf(Status.Code code) {
        return switch (code) {
            case UNAVAILABLE -> ErrorCode.NODE_UNAVAILABLE;
            case DEADLINE_EXCEEDED -> ErrorCode.DEADLINE_EXCEEDED;
            case CANCELLED -> ErrorCode.CANCELLED;
            case UNAUTHENTICATED -> ErrorCode.UNAUTHENTICATED;
            case PERMISSION_DENIED -> ErrorCode.PERMISSION_DENIED;
            case RESOURCE_EXHAUSTED -> ErrorCode.MEMORY_EXCEEDED;
            case INVALID_ARGUMENT, OUT_OF_RANGE -> ErrorCode.INVALID_ARGUMENT;
            case UNIMPLEMENTED -> ErrorCode.UNSUPPORTED;
            case OK, UNKNOWN, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED, INTERNAL, DATA_LOSS ->
                ErrorCode.INTERNAL;
        };
    }

    /** A trailer is the peer's text: one that is no number in an int's range tells nothing. */
    private static @Nullable Long number(@Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,9}")) {
            return null;
        }
        return Long.valueOf(text);
    }

    /** gRPC writes a byte that is not printable ASCII, or is a percent sign, as three. */
    private static String cut(String message) {
        int bytes = 0;
        for (int i = 0; i < message.length(); ) {
            int point = message.codePointAt(i);
            int next = i + Character.charCount(point);
            bytes += point >= ' ' && point <= '~' && point != '%'
                    ? 1
                    : 3 * message.substring(i, next).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_MESSAGE_BYTES) {
                return message.substring(0, i) + "...";
            }
            i = next;
        }
        return message;
    }
}
