package dev.aquifer.hwtests.conformance;

/**
 * The result of one case.
 *
 * @param family what the case is about: a family of primitives, a way in which a fragment ends, and so on
 * @param detail why a case is not supported, or how to reproduce a failure; empty for a pass
 */
public record Line(Status status, String family, String name, String detail) {
    /** What came of a case. */
    public enum Status {
        PASSED,
        /** The device says that it cannot, and refuses with that reason. */
        UNSUPPORTED,
        FAILED
    }

    @Override
    public String toString() {
        return status + " " + name + (detail.isEmpty() ? "" : ": " + detail);
    }
}
