package dev.aquifer.lake.format;

/** Bytes that may well be right but use a feature that is not supported; becomes an UNSUPPORTED_FILE. */
public final class UnsupportedFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnsupportedFormatException(String message) {
        super(message);
    }
}
