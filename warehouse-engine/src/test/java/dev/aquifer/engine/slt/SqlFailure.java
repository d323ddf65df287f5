package dev.aquifer.engine.slt;

/** A statement that failed, with the name of its {@code ErrorCode}; DuckDB's failures have the code {@link #ANY}. */
public final class SqlFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** The code of a target that has no codes. */
    static final String ANY = "ANY";

    private final String code;

    SqlFailure(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The message, which is always there. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
