package dev.aquifer.cli.local;

import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.output.ProgressReport;
import dev.aquifer.demo.tpch.TpchLake;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The TPC-H tables that {@code --tpch SCALE} makes once and keeps. */
public final class TpchTables {
    private TpchTables() {}

    /** The tables' files, generated below {@code cache} where they are not there yet; how far that is goes to standard error. */
    public static TpchLake lake(Environment environment, Path cache, BigDecimal scale) {
        try (ProgressReport report = new ProgressReport(
                environment.streams().err(),
                environment.terminal().getAsBoolean(),
                "Generating TPC-H " + scale.toPlainString(),
                "rows",
                1)) {
            return TpchLake.cached(cache, scale, report::at);
        }
    }

    /** Table names to folders. */
    public static Map<String, String> locations(TpchLake lake) {
        Map<String, String> tables = new LinkedHashMap<>();
        lake.tables().forEach((name, folder) -> tables.put(name, folder.toString()));
        return tables;
    }
}
