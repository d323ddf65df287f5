package dev.aquifer.lake.page;

/** A value that is right in the file and does not fit the SQL type; becomes an OUT_OF_RANGE that names file and column. */
public final class ValueRangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ValueRangeException(String message) {
        super(message);
    }
}
