package dev.aquifer.engine.session;

import org.jspecify.annotations.Nullable;

/**
 * What a session asks for.
 *
 * @param device {@code auto}, or the name of the device that must run every fragment
 * @param pushdown where fragments run
 * @param token the bearer token sent to nodes, or null
 */
public record SessionOptions(
        String device, Pushdown pushdown, @Nullable String token) {
    public static final SessionOptions DEFAULT = new SessionOptions("auto", Pushdown.AUTO, null);
}
