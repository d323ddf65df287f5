package dev.aquifer.benchmarks.compare;

import dev.aquifer.cli.output.Escapes;
import dev.aquifer.cli.output.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as people and programs read them. */
public final class Report {
    private Report() {}

    public static String table(List<Measured> results) {
        List<List<String>> rows = new ArrayList<>();
        for (Measured result : results) {
            rows.add(List.of(
                    result.query().name(),
                    number("%.2f", result.aquiferMillis()),
                    number("%.2f", result.duckdbMillis()),
                    number("%.2f", result.ratio()),
                    number("%.0f", result.coldAquiferMillis()),
                    number("%.0f", result.coldDuckdbMillis()),
                    number("%.1f", result.lakeBytes() / 1e6),
                    number("%.1f", result.encodedBytes() / 1e6),
                    number("%.1f", result.wireBytes() / 1e3),
                    number("%.1f", result.gigabytesPerSecond()),
                    number("%.1f", result.streamGigabytesPerSecond())));
        }
        return TextTable.of(
                List.of(
                        "query",
                        "aquifer ms",
                        "duckdb ms",
                        "ratio",
                        "cold aquifer ms",
                        "cold duckdb ms",
                        "lake MB",
                        "encoded MB",
                        "wire kB",
                        "GB/s",
                        "memory GB/s"),
                List.of(false, true, true, true, true, true, true, true, true, true, true),
                rows);
    }

    /** An array of objects, one a line. */
    public static String json(List<Measured> results) {
        List<String> lines = new ArrayList<>();
        for (Measured result : results) {
            lines.add(String.format(
                    Locale.ROOT,
                    "{\"query\":%s,\"sql\":%s,\"aquifer_ms\":%.3f,\"duckdb_ms\":%.3f,\"ratio\":%.3f,"
                            + "\"cold_aquifer_ms\":%.3f,\"cold_duckdb_ms\":%.3f,\"lake_bytes\":%d,\"encoded_bytes\":%d,"
                            + "\"wire_bytes\":%d,\"gb_per_s\":%.3f,\"stream_gb_per_s\":%.3f}",
                    Escapes.json(result.query().name()),
                    Escapes.json(result.query().sql()),
                    result.aquiferMillis(),
                    result.duckdbMillis(),
                    result.ratio(),
                    result.coldAquiferMillis(),
                    result.coldDuckdbMillis(),
                    result.lakeBytes(),
                    result.encodedBytes(),
                    result.wireBytes(),
                    result.gigabytesPerSecond(),
                    result.streamGigabytesPerSecond()));
        }
        return "[\n" + String.join(",\n", lines) + "\n]\n";
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
