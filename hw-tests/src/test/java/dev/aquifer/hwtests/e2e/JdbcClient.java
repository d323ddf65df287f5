package dev.aquifer.hwtests.e2e;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that knows JDBC and nothing else: run in a JVM whose class path has the stock driver and this class alone. Runs
 * the SQL files given as arguments and prints each answer as rows of values between tabs, after a line {@code == FILE}.
 */
public final class JdbcClient {
    private JdbcClient() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            for (String file : List.of(arguments).subList(1, arguments.length)) {
                out.println("== " + file);
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery(Files.readString(Path.of(file)))) {
                    print(rows, out);
                }
            }
        }
    }

    private static void print(ResultSet rows, PrintStream out) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            List<String> values = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                values.add(String.valueOf(rows.getObject(column)));
            }
            out.println(String.join("\t", values));
        }
    }
}
