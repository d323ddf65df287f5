package dev.aquifer.protocol.substrait;

/**
 * How large a plan may be. A node refuses what is beyond with PLAN_TOO_LARGE before it spends memory or stack on it; an engine
 * does not send it.
 *
 * @param maxBytes bytes of the serialized plan
 * @param maxDepth levels of an expression
 * @param maxNodes nodes of all expressions together, after references to earlier expressions are put in; grouping keys, sort
 *     keys and aggregate calls count as nodes, and so does each column of the base schema for itself
 */
public record PlanLimits(int maxBytes, int maxDepth, int maxNodes) {
    public static final PlanLimits DEFAULT = new PlanLimits(16 << 20, 200, 200_000);

    public PlanLimits {
        if (maxBytes < 1 || maxDepth < 1 || maxDepth > 500 || maxNodes < 1) {
            throw new IllegalArgumentException("limits out of range: " + maxBytes + ", " + maxDepth + ", " + maxNodes);
        }
    }
}
