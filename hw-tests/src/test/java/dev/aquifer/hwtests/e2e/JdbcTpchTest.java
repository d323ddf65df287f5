package dev.aquifer.hwtests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.demo.tpch.TpchLake;
import dev.aquifer.demo.tpch.TpchProgress;
import dev.aquifer.demo.tpch.TpchQueries;
import java.io.File;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The 22 queries of TPC-H through the stock Flight SQL JDBC driver in a JVM of its own, an engine process and two node
 * processes, on Parquet behind the S3 protocol; every answer against DuckDB.
 */
class JdbcTpchTest {
    private static final BigDecimal SCALE = new BigDecimal("0.01");
    private static final double TOLERANCE = 1e-12;

    @TempDir
    @SuppressWarnings("NullAway") // set by JUnit
    private Path folder;

    @Test
    void answersAreDuckDbs() throws Exception {
        TpchLake lake = TpchLake.generate(folder.resolve("tpch"), SCALE, TpchProgress.none());
        try (Cluster cluster = new Cluster(folder)) {
            Map<String, String> tables = cluster.upload(lake);
            List<String> nodes = List.of(cluster.startNode("node-a"), cluster.startNode("node-b"));
            String engine = cluster.startEngine(nodes, tables);
            Map<String, List<String>> answers = runClient(engine, writeQueries());
            try (Connection duck = duckDb(lake)) {
                for (int query = 1; query <= TpchQueries.COUNT; query++) {
                    compare(
                            query,
                            expected(duck, TpchQueries.sql(query, SCALE)),
                            answers.getOrDefault(fileName(query), List.of()));
                }
            }
        }
    }

    private List<Path> writeQueries() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int query = 1; query <= TpchQueries.COUNT; query++) {
            files.add(Files.writeString(folder.resolve(fileName(query)), TpchQueries.sql(query, SCALE)));
        }
        return files;
    }

    private static String fileName(int query) {
        return "q" + query + ".sql";
    }

    private Map<String, List<String>> runClient(String engine, List<Path> queries)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-cp",
                classPathOf("flight-sql-jdbc-driver")
                        + File.pathSeparator
                        + classPathOf("hw-tests/target/test-classes"),
                JdbcClient.class.getName(),
                "jdbc:arrow-flight-sql://" + engine + "?useEncryption=false"));
        queries.forEach(query -> arguments.add(query.toString()));
        try (JavaProcess client = JavaProcess.start("client", Map.of(), folder, arguments)) {
            assertEquals(0, client.exitStatus(300), client.output());
            return split(client.output());
        }
    }

    private static String classPathOf(String part) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.replace('\\', '/').contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError(part + " is not on the class path"));
    }

    private static Map<String, List<String>> split(String output) {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        List<String> rows = new ArrayList<>();
        for (String line : output.lines().toList()) {
            if (line.startsWith("== ")) {
                rows = new ArrayList<>();
                answers.put(Path.of(line.substring(3)).getFileName().toString(), rows);
            } else {
                rows.add(line);
            }
        }
        return answers;
    }

    private static Connection duckDb(TpchLake lake) throws SQLException {
        Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duck.createStatement()) {
            for (Map.Entry<String, Path> table : lake.tables().entrySet()) {
                String path = Files.isDirectory(table.getValue())
                        ? table.getValue() + "/*.parquet"
                        : table.getValue().toString();
                statement.execute("create view " + table.getKey() + " as select * from read_parquet('" + path + "')");
            }
        }
        return duck;
    }

    private static List<List<Object>> expected(Connection duck, String sql) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(result.getObject(column)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static void compare(int query, List<List<Object>> expected, List<String> actual) {
        assertEquals(expected.size(), actual.size(), "rows of query " + query + ": " + actual);
        for (int row = 0; row < actual.size(); row++) {
            String[] values = actual.get(row).split("\t", -1);
            for (int column = 0; column < values.length; column++) {
                String wanted = String.valueOf(expected.get(row).get(column));
                assertTrue(
                        same(wanted, values[column]),
                        "query " + query + ", row " + row + ", column " + column + ": " + values[column] + ", not "
                                + wanted);
            }
        }
    }

    /** DuckDB gives quotients and averages of decimals as floats; everything else is compared exactly. */
    private static boolean same(String expected, String actual) {
        if (expected.equals(actual)) {
            return true;
        }
        try {
            BigDecimal wanted = new BigDecimal(expected);
            BigDecimal got = new BigDecimal(actual);
            return wanted.compareTo(got) == 0
                    || expected.matches("-?\\d+\\.\\d{5,}(E-?\\d+)?")
                            && wanted.subtract(got).abs().doubleValue() <= TOLERANCE * Math.abs(wanted.doubleValue());
        } catch (NumberFormatException notNumbers) {
            return false;
        }
    }
}
