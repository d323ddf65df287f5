package dev.aquifer.protocol.arrow;

/** Arrow data that is not well-formed. Whoever knows where the data came from makes an error of it that says so. */
final class MalformedArrow extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedArrow(String message) {
        super(message);
    }

    MalformedArrow(String message, Throwable cause) {
        super(message, cause);
    }
}
