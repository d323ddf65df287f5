package dev.aquifer.engine.session;

import dev.aquifer.spi.error.AquiferException;
import java.util.List;

/** What a session can name; for {@code \d}, completion and metadata calls. */
public interface SessionCatalog {
    /** Schema names; tables given by NAME=PATH are in {@code main}. */
    List<String> schemas();

    /** Table names of a schema; reads nothing from the lake. */
    List<String> tables(String schema);

    /**
     * One table with its columns; reads the lake.
     *
     * @throws AquiferException UNKNOWN_TABLE, or a STORAGE code where its files cannot be read
     */
    TableInfo table(String schema, String name);
}
