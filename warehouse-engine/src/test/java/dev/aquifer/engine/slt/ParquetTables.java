package dev.aquifer.engine.slt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the tables of a test as Parquet files, by DuckDB's writer, and keeps them as tables in DuckDB too. */
public final class ParquetTables {
    private ParquetTables() {}

    /**
     * Creates the tables in {@code duck} and below {@code folder}.
     *
     * @return table name to the path for the engine: a file, or a folder where there are several
     */
    public static Map<String, String> write(DuckDb duck, List<SltTable> tables, Path folder)
            throws SQLException, IOException {
        Map<String, String> paths = new LinkedHashMap<>();
        for (SltTable table : tables) {
            String name = "\"" + table.name() + "\"";
            duck.execute("CREATE TABLE " + name + " AS " + table.sql());
            paths.put(table.name(), write(duck, table, name, folder));
        }
        return paths;
    }

    private static String write(DuckDb duck, SltTable table, String name, Path folder)
            throws SQLException, IOException {
        String options =
                "FORMAT parquet" + (table.rowsPerGroup() > 0 ? ", ROW_GROUP_SIZE " + table.rowsPerGroup() : "");
        if (!table.partition().isEmpty()) {
            Path target = folder.resolve(table.name());
            duck.execute("COPY " + name + " TO " + DuckDb.literal(target.toString()) + " (" + options
                    + ", PARTITION_BY (" + table.partition() + "))");
            return target.toString();
        }
        if (table.files() == 1) {
            Path target = folder.resolve(table.name() + ".parquet");
            duck.execute("COPY " + name + " TO " + DuckDb.literal(target.toString()) + " (" + options + ")");
            return target.toString();
        }
        Path target = Files.createDirectories(folder.resolve(table.name()));
        for (int i = 0; i < table.files(); i++) {
            String part = "SELECT * FROM " + name + " WHERE rowid * " + table.files() + " // (SELECT count(*) FROM "
                    + name + ") = " + i + " ORDER BY rowid";
            Path file = target.resolve("part-" + i + ".parquet");
            duck.execute("COPY (" + part + ") TO " + DuckDb.literal(file.toString()) + " (" + options + ")");
        }
        return target.toString();
    }
}
