package dev.aquifer.engine.translate;

/** An expression that fragments cannot say; the message is the reason, in words for EXPLAIN. */
public final class NotTranslatable extends Exception {
    private static final long serialVersionUID = 1L;

    NotTranslatable(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
