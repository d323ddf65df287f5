package dev.aquifer.service.server;

import dev.aquifer.lake.object.Lake;
import dev.aquifer.lake.object.LakeConfig;
import dev.aquifer.lake.parquet.ParquetFooter;
import dev.aquifer.lake.parquet.RowGroup;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.PartitionValue;
import dev.aquifer.spi.source.Slice;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parquet files written by DuckDB, which also says what queries over them answer. */
final class TestLake implements AutoCloseable {
    private final Connection duck;
    private final Lake lake;

    TestLake() {
        this(LakeConfig.defaults());
    }

    TestLake(LakeConfig config) {
        try {
            duck = DriverManager.getConnection("jdbc:duckdb:");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        lake = new Lake(config);
    }

    Lake lake() {
        return lake;
    }

    /** Writes the rows of a query; {@code rowGroup} must be a multiple of 2,048. */
    void write(Path file, int rowGroup, String query) {
        run("COPY (" + query + ") TO '" + file + "' (FORMAT parquet, ROW_GROUP_SIZE " + rowGroup + ")");
    }

    /**
     * Rows with an ascending {@code id}, an {@code amount} of two digits, nulls in {@code maybe}, a {@code word} of eleven
     * values, and {@code noise}.
     */
    void orders(Path file, long rows, int rowGroup) {
        write(
                file,
                rowGroup,
                "SELECT i AS id, CAST(i % 1000 AS DECIMAL(15,2)) / 100 AS amount0, CAST((i % 997) * 1.25 AS DECIMAL(15,2)) AS"
                        + " amount, CASE WHEN i % 3 = 0 THEN NULL ELSE CAST(i % 50 AS INTEGER) END AS maybe, 'word' || (i % 11)"
                        + " AS word, CAST(hash(i) % 1000000 AS DOUBLE) / 7 AS noise FROM range(" + rows + ") t(i)");
    }

    void run(String sql) {
        try (Statement statement = duck.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The rows of a query, values as text. */
    List<List<@Nullable String>> query(String sql) {
        try (Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<@Nullable String>> all = new ArrayList<>();
            while (rows.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                all.add(row);
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The slices of files, as an engine would make them. */
    List<Slice> slices(String... uris) {
        List<Slice> slices = new ArrayList<>();
        long ordinal = 0;
        for (String uri : uris) {
            ObjectVersion object = lake.head(uri);
            for (RowGroup group : ParquetFooter.read(lake, object).rowGroups()) {
                slices.add(new Slice(
                        object, group.index(), group.start(), group.length(), group.rows(), ordinal, List.of()));
                ordinal += group.stripes();
            }
        }
        return slices;
    }

    List<Slice> slices(Path file) {
        return slices(file.toString());
    }

    static List<Slice> withPartitions(List<Slice> slices, PartitionValue... values) {
        return slices.stream()
                .map(slice -> new Slice(
                        slice.object(),
                        slice.rowGroup(),
                        slice.start(),
                        slice.length(),
                        slice.rows(),
                        slice.firstOrdinal(),
                        List.of(values)))
                .toList();
    }

    @Override
    public void close() {
        lake.close();
        try {
            duck.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
