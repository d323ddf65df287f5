package dev.aquifer.cli.demo;

import dev.aquifer.cli.output.OutputFormat;
import dev.aquifer.cli.output.ResultWriter;
import dev.aquifer.engine.session.Engine;
import dev.aquifer.engine.session.Pushdown;
import dev.aquifer.engine.session.QueryResult;
import dev.aquifer.engine.session.Session;
import dev.aquifer.engine.session.SessionOptions;
import dev.aquifer.spi.batch.Batch;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;

/** Runs a query four ways and takes the time. */
final class DemoRunner {
    private static final int SHOWN_ROWS = 6;

    private final Engine engine;
    private final SessionOptions pushed;
    private final SessionOptions pulled;
    private final DemoNode node;

    DemoRunner(Engine engine, String device, DemoNode node) {
        this.engine = engine;
        this.pushed = new SessionOptions(device, Pushdown.ON, null);
        this.pulled = new SessionOptions("auto", Pushdown.OFF, null);
        this.node = node;
    }

    /** Runs something small, so that the first query's time is not that of loading classes. */
    void warmUp() throws IOException {
        String sql = "select r_name, count(*), min(r_regionkey) from region where r_name like '%A%' group by r_name";
        lap("warm", pushed, sql);
        lap("warm", pulled, sql);
    }

    /**
     * Cold (nothing cached), after a restart of the node (blocks on SSD, none in memory), hot, and pulled (the engine fetches
     * the columns and does the work itself).
     */
    List<Lap> laps(String sql) throws IOException {
        node.startCold();
        Lap cold = lap("cold", pushed, sql);
        node.restart();
        Lap restarted = lap("restarted", pushed, sql);
        Lap hot = lap("hot", pushed, sql);
        Lap fetched = lap("pulled", pulled, sql);
        return List.of(cold, restarted, hot, fetched);
    }

    private Lap lap(String name, SessionOptions options, String sql) throws IOException {
        long start = System.nanoTime();
        try (Session session = engine.newSession(options);
                QueryResult result = session.prepare(sql).execute(List.of())) {
            StringWriter text = new StringWriter();
            ResultWriter writer = OutputFormat.CSV.writer(text);
            writer.begin(result.columns());
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                writer.rows(batch);
            }
            writer.end();
            return new Lap(name, Duration.ofNanos(System.nanoTime() - start), result.stats(), text.toString());
        }
    }

    /** The first rows of an answer. */
    static String answer(Lap lap) {
        List<String> lines = lap.answer().lines().toList();
        if (lines.size() <= SHOWN_ROWS + 1) {
            return "-> " + String.join("\n   ", lines) + "\n";
        }
        return "-> " + String.join("\n   ", lines.subList(0, SHOWN_ROWS + 1)) + "\n   ... "
                + (lines.size() - SHOWN_ROWS - 1) + " more rows\n";
    }
}
