package dev.aquifer.cli.local;

import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.config.TableOption;
import dev.aquifer.demo.tpch.TpchLake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The tables that a command is to know. */
public final class TableOptions {
    @Option(
            names = "--table",
            paramLabel = "NAME=LOCATION",
            description = "A table: a Parquet file, a glob, a folder or an s3:// prefix. May be given more than once.")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--tpch",
            paramLabel = "SCALE",
            description = "The TPC-H tables of a scale, such as 0.1; generated once and kept.")
    private @Nullable String tpch;

    /**
     * Table names to locations; generates what is not there yet below {@code cache}.
     *
     * @throws dev.aquifer.spi.error.AquiferException USAGE for what is wrong with the options
     */
    public Map<String, String> locations(Environment environment, Path cache) {
        // What is wrong with --table is said before a long generation.
        Map<String, String> given = TableOption.add(tables, Map.of());
        String scale = tpch;
        if (scale == null) {
            return given;
        }
        TpchLake generated = TpchTables.lake(environment, cache, TpchLake.scale(scale));
        return TableOption.add(tables, TpchTables.locations(generated));
    }
}
