package dev.aquifer.benchmarks.command;

import dev.aquifer.benchmarks.compare.BenchQuery;
import dev.aquifer.benchmarks.compare.QuerySet;
import dev.aquifer.cli.config.CacheOption;
import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.local.TpchTables;
import dev.aquifer.demo.tpch.TpchLake;
import dev.aquifer.spi.error.AquiferException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands that time whole queries are asked alike: which questions, at what scale, and how to show the figures. */
final class Questions {
    private enum Format {
        TABLE,
        JSON
    }

    @Option(names = "--scale", paramLabel = "SCALE", description = "Scale of TPC-H. Default: 1.")
    private String scale = "1";

    @Option(names = "--query", paramLabel = "NAME", description = "Only this question; may be given more than once.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json. Default: table.")
    private Format format = Format.TABLE;

    @Mixin
    private final CacheOption cache = new CacheOption();

    /**
     * Questions, and what they are asked of.
     *
     * @param scale as plain digits
     * @param folder of caches
     * @param lineitem folder of its files
     */
    record Chosen(List<BenchQuery> queries, String scale, Path folder, Path lineitem) {}

    /**
     * Makes the table where it is not there yet.
     *
     * @throws AquiferException USAGE where the scale or a name is none
     */
    Chosen open(Environment environment) {
        BigDecimal size = TpchLake.scale(scale);
        List<BenchQuery> queries = QuerySet.chosen(QuerySet.of(size), names);
        Path folder = cache.folder(environment);
        Path lineitem = TpchTables.lake(environment, folder, size).tables().get("lineitem");
        if (lineitem == null) {
            throw new IllegalStateException("TPC-H has a table lineitem");
        }
        return new Chosen(queries, size.toPlainString(), folder, lineitem);
    }

    /** Shows the figures in the format that was asked for. */
    void show(Environment environment, String table, String json) throws IOException {
        String text = switch (format) {
            case TABLE -> table;
            case JSON -> json;
        };
        environment.streams().out().write(text.getBytes(StandardCharsets.UTF_8));
        environment.streams().out().flush();
    }
}
