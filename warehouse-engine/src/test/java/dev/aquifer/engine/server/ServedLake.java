package dev.aquifer.engine.server;

import dev.aquifer.engine.session.Engine;
import dev.aquifer.engine.session.EngineConfig;
import dev.aquifer.protocol.auth.BearerToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A few Parquet files, an engine over them, and a Flight SQL server before it. */
final class ServedLake implements AutoCloseable {
    /** Rows of the table {@code numbers}: {@code n} from 0, and a text {@code t}. */
    static final int NUMBERS = 300_000;

    private final Engine engine;
    private final FlightSqlServer server;

    private ServedLake(Engine engine, FlightSqlServer server) {
        this.engine = engine;
        this.server = server;
    }

    static ServedLake start(Path folder, Set<BearerToken> tokens) throws SQLException, IOException {
        Map<String, String> tables = new LinkedHashMap<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            String values = """
                    select * from (values
                      (true, 127::tinyint, 32767::smallint, 2147483647::integer, 9223372036854775807::bigint,
                       1234567890123.45::decimal(15,2), 1234567890123456789012345678.0123456789::decimal(38,10),
                       1.5::float, -2.25e300::double, date '2024-02-29', timestamp '2010-05-06 07:08:09.123456', 'naïve ''x'''),
                      (false, -128, -32768, -2147483648, -9223372036854775808, -0.01, -0.0000000001, -0.1, 0.1,
                       date '1969-12-31', timestamp '1969-12-31 23:59:59.999999', ''),
                      (null, null, null, null, null, null, null, null, null, null, null, null))
                      as v(b, i8, i16, i32, i64, d, w, f, g, day, ts, t)""";
            write(statement, folder, tables, "kinds", values);
            write(
                    statement,
                    folder,
                    tables,
                    "numbers",
                    "select range as n, 'row ' || range as t from range(" + NUMBERS + ")");
            write(statement, folder, tables, "odd_columns", "select 1 as id, [1, 2] as list, {'a': 1} as s");
        }
        Path broken = folder.resolve("broken.parquet");
        Files.write(broken, "this is no Parquet file".getBytes(StandardCharsets.UTF_8));
        tables.put("broken", broken.toString());
        Engine engine = Engine.open(EngineConfig.of(tables).withThreads(2).withMemoryBytes(1L << 30));
        return new ServedLake(
                engine, FlightSqlServer.start(engine, FlightSqlConfig.local(0).withTokens(tokens)));
    }

    private static void write(Statement statement, Path folder, Map<String, String> tables, String name, String select)
            throws SQLException {
        Path file = folder.resolve(name + ".parquet");
        statement.execute("copy (" + select + ") to '" + file + "' (format parquet, row_group_size 100000)");
        tables.put(name, file.toString());
    }

    FlightSqlServer server() {
        return server;
    }

    /** @param options more of the URL, as {@code &token=x} */
    Connection connect(String options) throws SQLException {
        return connectThrough(server.port(), options);
    }

    Connection connectThrough(int port, String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:arrow-flight-sql://127.0.0.1:" + port + "/?useEncryption=false" + options);
    }

    @Override
    public void close() {
        server.close();
        engine.close();
    }
}
