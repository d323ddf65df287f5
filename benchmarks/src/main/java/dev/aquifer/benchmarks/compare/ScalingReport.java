package dev.aquifer.benchmarks.compare;

import dev.aquifer.cli.output.Escapes;
import dev.aquifer.cli.output.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a node of several threads gained, as people and programs read it. */
public final class ScalingReport {
    private ScalingReport() {}

    public static String table(List<Scaled> results, int threads) {
        List<List<String>> rows = new ArrayList<>();
        for (Scaled result : results) {
            rows.add(List.of(
                    result.query().name(),
                    number(result.oneMillis()),
                    number(result.manyMillis()),
                    number(result.ratio()),
                    number(result.memoryRatio())));
        }
        return TextTable.of(
                List.of("query", "1 thread ms", threads + " threads ms", "ratio", "memory ratio"),
                List.of(false, true, true, true, true),
                rows);
    }

    /** An array of objects, one a line. */
    public static String json(List<Scaled> results) {
        List<String> lines = new ArrayList<>();
        for (Scaled result : results) {
            lines.add(String.format(
                    Locale.ROOT,
                    "{\"query\":%s,\"sql\":%s,\"threads\":%d,\"one_ms\":%.3f,\"many_ms\":%.3f,\"ratio\":%.3f,"
                            + "\"memory_ratio\":%.3f}",
                    Escapes.json(result.query().name()),
                    Escapes.json(result.query().sql()),
                    result.threads(),
                    result.oneMillis(),
                    result.manyMillis(),
                    result.ratio(),
                    result.memoryRatio()));
        }
        return "[\n" + String.join(",\n", lines) + "\n]\n";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
