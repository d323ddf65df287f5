package dev.aquifer.cli.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.demo.tpch.TpchLake;
import dev.aquifer.demo.tpch.TpchProgress;
import dev.aquifer.demo.tpch.TpchQueries;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code aquifer engine}, asked by the stock JDBC driver. */
final class EngineCommandTest {
    /** The driver logs a stack trace for each token that is refused; held here, as loggers are only weakly held elsewhere. */
    private static final Logger HANDSHAKE = Logger.getLogger(
            "org.apache.arrow.driver.jdbc.shaded.org.apache.arrow.flight.auth2.ClientHandshakeWrapper");

    @TempDir
    private static Path home;

    @BeforeAll
    static void generate() {
        HANDSHAKE.setLevel(Level.OFF);
        TpchLake.cached(home.resolve(".cache/aquifer"), new BigDecimal("0.01"), TpchProgress.none());
    }

    private static BigDecimal query6(String address, Properties properties) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:arrow-flight-sql://" + address + "/?useEncryption=false", properties);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(TpchQueries.sql(6))) {
            assertTrue(result.next());
            return result.getBigDecimal(1);
        }
    }

    @Test
    void answersUntilItIsTold() throws SQLException, InterruptedException {
        try (Serving engine = Serving.start(home, "engine", "--port", "0", "--tpch", "0.01")) {
            assertEquals(new BigDecimal("1193053.2253"), query6(engine.address(), new Properties()));
            engine.stop();
            assertEquals(0, engine.code());
            assertEquals("", engine.err());
        }
    }

    @Test
    void asksANodeElsewhere() throws SQLException, InterruptedException {
        try (Serving node = Serving.start(home, "node", "--port", "0", "--no-ssd");
                Serving engine = Serving.start(
                        home,
                        "engine",
                        "--port",
                        "0",
                        "--tpch",
                        "0.01",
                        "--node",
                        node.address(),
                        "--pushdown",
                        "on")) {
            assertEquals(new BigDecimal("1193053.2253"), query6(engine.address(), new Properties()));
            node.stop();
            SQLException e = assertThrows(SQLException.class, () -> query6(engine.address(), new Properties()));
            assertTrue(String.valueOf(e.getMessage()).contains("NODE_UNAVAILABLE"), e.toString());
        }
    }

    @Test
    void letsInWhoHasAToken() throws SQLException, IOException, InterruptedException {
        Path tokens = Files.writeString(home.resolve("tokens.txt"), "# ours\ns3cr3t lab weight=2\n\n");
        try (Serving engine = Serving.start(
                home, "engine", "--port", "0", "--tpch", "0.01", "--pushdown", "off", "--tokens", tokens.toString())) {
            Properties right = new Properties();
            right.setProperty("token", "s3cr3t");
            assertEquals(new BigDecimal("1193053.2253"), query6(engine.address(), right));
            Properties wrong = new Properties();
            wrong.setProperty("token", "guessed");
            assertThrows(SQLException.class, () -> query6(engine.address(), wrong));
            assertThrows(SQLException.class, () -> query6(engine.address(), new Properties()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port 70000",
                "--threads 0",
                "--memory much",
                "--pushdown sometimes",
                "--table noequals",
                "--tpch lots",
                "--tokens /no/such/file",
                "stray"
            })
    void wrongUsageHasExitCode2(String arguments) {
        new Cli(home).refuses("engine", arguments);
    }
}
