package dev.aquifer.lake.format;

/**
 * Bytes that cannot be what they should be. Thrown where the name of the file is not known; the {@code parquet} package
 * turns it into a CORRUPT_FILE that names file, column and row group.
 */
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }

    public MalformedException(String message, Throwable cause) {
        super(message, cause);
    }
}
