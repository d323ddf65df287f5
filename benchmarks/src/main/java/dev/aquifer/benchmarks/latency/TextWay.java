package dev.aquifer.benchmarks.latency;

import dev.aquifer.engine.session.Session;
import java.util.List;

/** A statement's text, given each time to an engine in this process. */
final class TextWay implements Way {
    private final Session session;
    private final int step;
    private long asked;

    private TextWay(Session session, int step) {
        this.session = session;
        this.step = step;
    }

    /** The same text each time. */
    static TextWay known(Session session) {
        return new TextWay(session, 0);
    }

    /** A text that was never asked, each time. */
    static TextWay unknown(Session session) {
        return new TextWay(session, 1);
    }

    @Override
    public long ask() {
        long bound = BEYOND_NATIONS + step * asked++;
        String sql = "select count(*) from nation where n_regionkey = 3 and n_nationkey < " + bound;
        return Counts.read(session.prepare(sql).execute(List.of()));
    }

    @Override
    public void close() {
        session.close();
    }
}
