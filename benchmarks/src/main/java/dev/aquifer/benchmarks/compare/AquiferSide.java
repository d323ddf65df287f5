package dev.aquifer.benchmarks.compare;

import dev.aquifer.cli.local.LocalStack;
import dev.aquifer.engine.session.EngineConfig;
import dev.aquifer.engine.session.Pushdown;
import dev.aquifer.engine.session.QueryResult;
import dev.aquifer.engine.session.QueryStats;
import dev.aquifer.engine.session.Session;
import dev.aquifer.engine.session.SessionOptions;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.type.ValueText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Aquifer: the engine in this process, pushing to a node in this process. */
final class AquiferSide implements Side {
    private final LocalStack stack;
    private final Session session;

    private AquiferSide(LocalStack stack, Session session) {
        this.stack = stack;
        this.session = session;
    }

    /**
     * @param tables names to folders of Parquet
     * @param cache folder for the node's blocks
     */
    static AquiferSide open(Map<String, String> tables, Path cache, int threads) {
        LocalStack stack = LocalStack.withNode(EngineConfig.of(tables).withThreads(threads), cache);
        return new AquiferSide(stack, stack.engine().newSession(new SessionOptions("auto", Pushdown.ON, null)));
    }

    @Override
    public Answer answer(String sql) {
        Answer answer = new Answer();
        try (QueryResult result = session.prepare(sql).execute(List.of())) {
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                for (int row = 0; row < batch.rows(); row++) {
                    String[] texts = new String[batch.columns().size()];
                    for (int i = 0; i < texts.length; i++) {
                        Column column = batch.column(i);
                        Object value = column.value(row);
                        texts[i] = value == null ? "null" : ValueText.of(column.type(), value);
                    }
                    answer.add(texts);
                }
            }
        }
        return answer;
    }

    @Override
    public long run(String sql) {
        return stats(sql).rows();
    }

    /** Asks, reads to the last row, and tells what that took. */
    QueryStats stats(String sql) {
        try (QueryResult result = session.prepare(sql).execute(List.of())) {
            Batch batch = result.next();
            while (batch != null) {
                batch = result.next();
            }
            return result.stats();
        }
    }

    @Override
    public void close() {
        session.close();
        stack.close();
    }
}
