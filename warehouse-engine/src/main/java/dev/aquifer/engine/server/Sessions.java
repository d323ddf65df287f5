package dev.aquifer.engine.server;

import dev.aquifer.engine.session.Engine;
import dev.aquifer.engine.session.Pushdown;
import dev.aquifer.engine.session.Session;
import dev.aquifer.engine.session.SessionOptions;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.FlightConstants;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.arrow.flight.ServerHeaderMiddleware;
import org.jspecify.annotations.Nullable;

/**
 * The engine's sessions for what calls ask for: token, device and pushdown. The last two come as headers, which the JDBC driver
 * makes of unknown parameters of its URL. Thread-safe.
 */
final class Sessions implements AutoCloseable {
    static final String DEVICE_HEADER = "device";
    static final String PUSHDOWN_HEADER = "pushdown";

    /** Sessions kept open; a session is small, and more clients than this at once make new ones. */
    private static final int CAPACITY = 1_000;

    private final Engine engine;
    private final SessionOptions defaults;
    private final Map<SessionOptions, Session> open = new LinkedHashMap<>(16, 0.75f, true);

    Sessions(Engine engine, SessionOptions defaults) {
        this.engine = engine;
        this.defaults = defaults;
    }

    /** @throws AquiferException INVALID_ARGUMENT for a header that says nothing known */
    Session of(CallContext context) {
        String identity = owner(context);
        @Nullable ServerHeaderMiddleware middleware = context.getMiddleware(FlightConstants.HEADER_KEY);
        @Nullable CallHeaders headers = middleware == null ? null : middleware.headers();
        String device = header(headers, DEVICE_HEADER);
        String pushdown = header(headers, PUSHDOWN_HEADER);
        return session(new SessionOptions(
                device == null ? defaults.device() : device,
                pushdown == null ? defaults.pushdown() : pushdown(pushdown),
                identity.isEmpty() ? defaults.token() : identity));
    }

    /** To whom the handles of a call belong. */
    static String owner(CallContext context) {
        @Nullable String identity = context.peerIdentity();
        return identity == null ? "" : identity;
    }

    private static @Nullable String header(@Nullable CallHeaders headers, String name) {
        return headers == null || !headers.containsKey(name) ? null : headers.get(name);
    }

    private static Pushdown pushdown(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "auto" -> Pushdown.AUTO;
            case "on" -> Pushdown.ON;
            case "off" -> Pushdown.OFF;
            default ->
                throw new AquiferException(
                        ErrorCode.INVALID_ARGUMENT, "pushdown is '" + text + "'; it can be auto, on or off");
        };
    }

    private synchronized Session session(SessionOptions options) {
        Session session = open.get(options);
        if (session == null) {
            session = engine.newSession(options);
            open.put(options, session);
            if (open.size() > CAPACITY) {
                SessionOptions oldest = open.keySet().iterator().next();
                // Queries of it that still run are closed by the calls that read them.
                Session forgotten = open.remove(oldest);
                if (forgotten != null) {
                    forgotten.close();
                }
            }
        }
        return session;
    }

    @Override
    public void close() {
        List<Session> last;
        synchronized (this) {
            last = new ArrayList<>(open.values());
            open.clear();
        }
        last.forEach(Session::close);
    }
}
