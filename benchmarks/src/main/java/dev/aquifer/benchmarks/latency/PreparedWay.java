package dev.aquifer.benchmarks.latency;

import dev.aquifer.engine.session.PreparedQuery;
import dev.aquifer.engine.session.Session;
import java.util.List;

/** A statement that an engine in this process prepared once. */
final class PreparedWay implements Way {
    static final String SQL = "select count(*) from nation where n_regionkey = ? and n_nationkey < ?";

    private final Session session;
    private final PreparedQuery query;
    private final int step;
    private long asked;

    private PreparedWay(Session session, int step) {
        this.session = session;
        this.query = session.prepare(SQL);
        this.step = step;
    }

    /** With the same few values in turn, so that the engine has a plan for each. */
    static PreparedWay known(Session session) {
        return new PreparedWay(session, 0);
    }

    /** With values that were never asked with, so that the engine plans each time. */
    static PreparedWay unknown(Session session) {
        return new PreparedWay(session, 1);
    }

    @Override
    public long ask() {
        long run = asked++;
        return Counts.read(query.execute(List.of(run % REGIONS, BEYOND_NATIONS + step * run)));
    }

    @Override
    public void close() {
        session.close();
    }
}
