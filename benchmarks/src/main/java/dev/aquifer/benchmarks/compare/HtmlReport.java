package dev.aquifer.benchmarks.compare;

import static dev.aquifer.benchmarks.report.Page.format;

import dev.aquifer.benchmarks.report.BarChart;
import dev.aquifer.benchmarks.report.Page;
import dev.aquifer.benchmarks.report.PowerScale;
import dev.aquifer.benchmarks.report.Roofline;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The figures as pictures: bars of both engines on a scale of powers of ten, and how near each question comes to what the
 * memory gives.
 */
public final class HtmlReport {
    private static final int LEFT = 90;
    private static final int GROUP = 34;

    private HtmlReport() {}

    /**
     * @param setting what was run, for the line under the title
     * @param machine where it ran
     */
    public static String of(List<Measured> results, String setting, String machine) {
        double roof = results.stream()
                .mapToDouble(Measured::streamGigabytesPerSecond)
                .max()
                .orElse(1);
        List<Roofline.Bar> rates = results.stream()
                .map(result -> new Roofline.Bar(result.query().name(), result.gigabytesPerSecond()))
                .toList();
        return new Page("Aquifer against DuckDB", List.of(setting, machine))
                .heading("Hot: milliseconds from SQL text to last row, median (shorter is better)")
                .picture(bars(results, Measured::aquiferMillis, Measured::duckdbMillis))
                .heading("Cold: milliseconds from Parquet on local disk, median")
                .picture(bars(results, Measured::coldAquiferMillis, Measured::coldDuckdbMillis))
                .heading(
                        "Encoded bytes a second, and what memory gives to as many threads (an answer from zone maps reads no values)")
                .picture(Roofline.of(rates, roof, LEFT))
                .heading("Figures")
                .table(
                        List.of(
                                "query",
                                "Aquifer ms",
                                "DuckDB ms",
                                "ratio",
                                "cold ms",
                                "DuckDB cold",
                                "lake MB",
                                "encoded MB",
                                "wire kB",
                                "GB/s"),
                        results.stream().map(HtmlReport::row).toList(),
                        1)
                .heading("Questions")
                .table(
                        List.of(),
                        results.stream()
                                .map(result -> List.of(
                                        result.query().name(), result.query().sql()))
                                .toList(),
                        2)
                .html();
    }

    private static String bars(
            List<Measured> results, ToDoubleFunction<Measured> mine, ToDoubleFunction<Measured> theirs) {
        PowerScale scale = PowerScale.of(results.stream()
                .flatMapToDouble(result -> DoubleStream.of(mine.applyAsDouble(result), theirs.applyAsDouble(result)))
                .toArray());
        BarChart chart = new BarChart(LEFT, results.size(), GROUP);
        chart.legend("a", "Aquifer", 0);
        chart.legend("d", "DuckDB", 1);
        scale.grid(chart);
        for (int i = 0; i < results.size(); i++) {
            double aquifer = mine.applyAsDouble(results.get(i));
            double duckdb = theirs.applyAsDouble(results.get(i));
            chart.name(i, 2, results.get(i).query().name());
            chart.bar("a", i, 0, scale.share(aquifer), Page.number(aquifer));
            String times = format("%s  (%.1f times)", Page.number(duckdb), duckdb / aquifer);
            chart.bar("d", i, 1, scale.share(duckdb), times);
        }
        return chart.svg();
    }

    private static List<String> row(Measured result) {
        return List.of(
                result.query().name(),
                format("%.2f", result.aquiferMillis()),
                format("%.2f", result.duckdbMillis()),
                format("%.2f", result.ratio()),
                format("%.0f", result.coldAquiferMillis()),
                format("%.0f", result.coldDuckdbMillis()),
                format("%.1f", result.lakeBytes() / 1e6),
                format("%.1f", result.encodedBytes() / 1e6),
                format("%.1f", result.wireBytes() / 1e3),
                format("%.1f", result.gigabytesPerSecond()));
    }
}
