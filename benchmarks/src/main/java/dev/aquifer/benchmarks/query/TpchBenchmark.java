package dev.aquifer.benchmarks.query;

import dev.aquifer.cli.config.Folders;
import dev.aquifer.cli.local.LocalStack;
import dev.aquifer.cli.local.TpchTables;
import dev.aquifer.demo.tpch.TpchLake;
import dev.aquifer.demo.tpch.TpchProgress;
import dev.aquifer.demo.tpch.TpchQueries;
import dev.aquifer.engine.session.EngineConfig;
import dev.aquifer.engine.session.Pushdown;
import dev.aquifer.engine.session.QueryResult;
import dev.aquifer.engine.session.Session;
import dev.aquifer.engine.session.SessionOptions;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.ValueText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * TPC-H queries, hot: Aquifer pushes them to a node in this process whose blocks are in memory; DuckDB has the tables in its
 * own format in memory. Both get the same number of threads and the same SQL. An answer that differs is an error before
 * anything is timed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgs = {
            "--add-modules=jdk.incubator.vector",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx4g"
        })
public class TpchBenchmark {
    private static final double TOLERANCE = 1e-12;

    /** The number of the query in the TPC-H specification. */
    @Param("6")
    public int query = 6;

    @Param("1")
    public String scale = "1";

    private @Nullable Path folder;
    private @Nullable LocalStack stack;
    private @Nullable Session session;
    private @Nullable Connection duck;
    private String sql = "";

    @Setup(Level.Trial)
    public void prepare() throws SQLException, IOException {
        BigDecimal size = new BigDecimal(scale);
        // Generated once and kept, as ./aquifer sql --tpch does.
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "aquifer");
        TpchLake lake = TpchLake.cached(cache, size, TpchProgress.none());
        folder = Files.createTempDirectory("aquifer-bench");
        stack = LocalStack.withNode(EngineConfig.of(TpchTables.locations(lake)), folder);
        session = stack.engine().newSession(new SessionOptions("auto", Pushdown.ON, null));
        duck = openDuckDb(lake);
        sql = TpchQueries.sql(query, size);
        compare(duckRows(), aquiferRows());
    }

    private static Connection openDuckDb(TpchLake lake) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("set threads = " + Runtime.getRuntime().availableProcessors());
            for (Map.Entry<String, Path> table : lake.tables().entrySet()) {
                statement.execute("create table " + table.getKey() + " as select * from read_parquet('"
                        + table.getValue() + (Files.isDirectory(table.getValue()) ? "/*.parquet')" : "')"));
            }
        }
        return connection;
    }

    @TearDown
    public void close() throws SQLException {
        Objects.requireNonNull(session).close();
        Objects.requireNonNull(stack).close();
        Objects.requireNonNull(duck).close();
        Folders.delete(Objects.requireNonNull(folder));
    }

    @Benchmark
    public List<List<String>> aquifer() {
        return aquiferRows();
    }

    @Benchmark
    public List<List<String>> duckdb() throws SQLException {
        return duckRows();
    }

    private List<List<String>> aquiferRows() {
        List<List<String>> rows = new ArrayList<>();
        try (QueryResult result = Objects.requireNonNull(session).prepare(sql).execute(List.of())) {
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                for (int row = 0; row < batch.rows(); row++) {
                    List<String> values = new ArrayList<>();
                    for (int column = 0; column < batch.columns().size(); column++) {
                        DataType type = batch.column(column).type();
                        Object value = batch.column(column).value(row);
                        values.add(value == null ? "null" : ValueText.of(type, value));
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    private List<List<String>> duckRows() throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = Objects.requireNonNull(duck).createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    values.add(String.valueOf(result.getString(column)));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    /** DuckDB gives averages and quotients of decimals as floats, so numbers are compared to twelve digits. */
    private void compare(List<List<String>> expected, List<List<String>> actual) {
        boolean equal = expected.size() == actual.size();
        for (int row = 0; equal && row < expected.size(); row++) {
            equal = expected.get(row).size() == actual.get(row).size();
            for (int column = 0; equal && column < expected.get(row).size(); column++) {
                equal = same(expected.get(row).get(column), actual.get(row).get(column));
            }
        }
        if (!equal) {
            throw new IllegalStateException("query " + query + ": DuckDB has " + expected + ", Aquifer " + actual);
        }
    }

    private static boolean same(String expected, String actual) {
        if (expected.equals(actual)) {
            return true;
        }
        try {
            double wanted = Double.parseDouble(expected);
            return Math.abs(wanted - Double.parseDouble(actual)) <= TOLERANCE * Math.abs(wanted);
        } catch (NumberFormatException notNumbers) {
            return false;
        }
    }
}
