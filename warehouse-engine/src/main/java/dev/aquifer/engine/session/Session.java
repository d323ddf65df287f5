package dev.aquifer.engine.session;

import dev.aquifer.spi.error.AquiferException;

/** One client's view of an engine. Thread-safe. */
public interface Session extends AutoCloseable {
    SessionOptions options();

    /**
     * Parses and checks one statement (a query, EXPLAIN, SHOW TABLES, DESCRIBE); a semicolon at its end is allowed. The
     * result of EXPLAIN has one VARCHAR column {@code plan}. Tables of a text that was prepared before are looked up when its
     * columns are asked for or it is executed.
     *
     * @throws AquiferException USER codes for what the text has wrong, STORAGE codes for tables that cannot be read
     */
    PreparedQuery prepare(String sql);

    SessionCatalog catalog();

    @Override
    void close();
}
