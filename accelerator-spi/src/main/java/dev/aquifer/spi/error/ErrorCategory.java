package dev.aquifer.spi.error;

/** Who has to act on an error. The thousands digit of every {@link ErrorCode#number()} is its category. */
public enum ErrorCategory {
    /** The request is wrong; sending it again gives the same answer. */
    USER(1),
    /** The request is fine, but there is no room for it now; trying again later, or with more memory, can succeed. */
    RESOURCE(2),
    /** An object in the lake is missing, unreadable or damaged. */
    STORAGE(3),
    /** An accelerator device was asked for something it does not have or cannot do. */
    DEVICE(4),
    /** A defect of Aquifer itself. */
    INTERNAL(5);

    private final int thousands;

    ErrorCategory(int thousands) {
        this.thousands = thousands;
    }

    int thousands() {
        return thousands;
    }
}
