package dev.aquifer.spi.error;

import java.util.Locale;

/**
 * Every way a request can fail. Numbers are part of the protocol: they are never reused, and a code is never
 * renumbered.
 */
public enum ErrorCode {
    /** Command-line arguments or configuration are wrong. */
    USAGE(1000, ErrorCategory.USER),
    /** SQL text does not parse. */
    SYNTAX(1001, ErrorCategory.USER),
    UNKNOWN_TABLE(1002, ErrorCategory.USER),
    UNKNOWN_COLUMN(1003, ErrorCategory.USER),
    UNKNOWN_FUNCTION(1004, ErrorCategory.USER),
    TYPE_MISMATCH(1005, ErrorCategory.USER),
    /** SQL parses but does not validate for another reason than the more exact codes say. */
    INVALID_QUERY(1006, ErrorCategory.USER),
    DIVISION_BY_ZERO(1007, ErrorCategory.USER),
    /** A number, date or length does not fit its type; the message has the value. */
    OUT_OF_RANGE(1008, ErrorCategory.USER),
    /** A value cannot be converted; the message has the value and both types. */
    INVALID_CAST(1009, ErrorCategory.USER),
    INVALID_ARGUMENT(1010, ErrorCategory.USER),
    /** A valid request for something Aquifer does not do. */
    UNSUPPORTED(1011, ErrorCategory.USER),
    /** A plan sent to a node is malformed. */
    INVALID_PLAN(1012, ErrorCategory.USER),
    PLAN_TOO_LARGE(1013, ErrorCategory.USER),
    UNAUTHENTICATED(1014, ErrorCategory.USER),
    PERMISSION_DENIED(1015, ErrorCategory.USER),
    /** The caller cancelled the request. */
    CANCELLED(1016, ErrorCategory.USER),

    MEMORY_EXCEEDED(2000, ErrorCategory.RESOURCE),
    /** A tenant's cap on concurrent fragments is reached. */
    CONCURRENCY_EXCEEDED(2001, ErrorCategory.RESOURCE),
    DISK_FULL(2002, ErrorCategory.RESOURCE),
    DEADLINE_EXCEEDED(2003, ErrorCategory.RESOURCE),
    /** A node does not answer, or is shutting down. */
    NODE_UNAVAILABLE(2004, ErrorCategory.RESOURCE),

    OBJECT_NOT_FOUND(3000, ErrorCategory.STORAGE),
    ACCESS_DENIED(3001, ErrorCategory.STORAGE),
    STORAGE_UNAVAILABLE(3002, ErrorCategory.STORAGE),
    /** A file is truncated or damaged; the message names the file and, where known, the column. */
    CORRUPT_FILE(3003, ErrorCategory.STORAGE),
    NOT_PARQUET(3004, ErrorCategory.STORAGE),
    /** An object was replaced between planning and reading; planning again sees the new version. */
    OBJECT_CHANGED(3005, ErrorCategory.STORAGE),
    /** A file or column uses a feature of its format that is not supported. */
    UNSUPPORTED_FILE(3006, ErrorCategory.STORAGE),

    DEVICE_NOT_FOUND(4000, ErrorCategory.DEVICE),
    /** A device that was asked for by name cannot run the program; the message says which operation and why. */
    DEVICE_UNSUPPORTED(4001, ErrorCategory.DEVICE),
    DEVICE_FAILED(4002, ErrorCategory.DEVICE),

    INTERNAL(5000, ErrorCategory.INTERNAL);

    private final int number;
    private final ErrorCategory category;

    ErrorCode(int number, ErrorCategory category) {
        if (number / 1000 != category.thousands()) {
            throw new IllegalArgumentException(name() + " has number " + number + " outside of " + category);
        }
        this.number = number;
        this.category = category;
    }

    public int number() {
        return number;
    }

    public ErrorCategory category() {
        return category;
    }

    /** The form users see, such as {@code USER-1002 UNKNOWN_TABLE}. */
    public String label() {
        return String.format(Locale.ROOT, "%s-%04d %s", category, number, name());
    }

    /** The code with this number, or {@link #INTERNAL} where a newer peer sent one that is not known here. */
    public static ErrorCode ofNumber(int number) {
        for (ErrorCode code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        return INTERNAL;
    }
}
