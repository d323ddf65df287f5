package dev.aquifer.benchmarks.compare;

import java.util.List;
import java.util.Locale;

/**
 * The figures as pictures, in one file that needs nothing else: bars of both engines on a scale of powers of ten, and how
 * near each question comes to what the memory gives.
 */
public final class HtmlReport {
    private static final int WIDTH = 900;
    private static final int LEFT = 90;
    private static final int RIGHT = 150;
    private static final int BAR = 11;
    private static final int GROUP = 34;
    private static final int TOP = 28;

    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 960px; margin: 2em auto; padding: 0 1em; color: #1d2733; }
            h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin-top: 2em; }
            .what { color: #5a6875; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { padding: .25em .6em; text-align: right; border-bottom: 1px solid #dde3e8; }
            th:first-child, td:first-child { text-align: left; }
            th { font-weight: 600; color: #5a6875; }
            svg text { font: 12px system-ui, sans-serif; fill: #1d2733; }
            svg .axis { stroke: #dde3e8; } svg .tick { fill: #5a6875; }
            svg .a { fill: #0b7285; } svg .d { fill: #f2b134; } svg .m { stroke: #c92a2a; stroke-width: 2; stroke-dasharray: 5 4; }
            code { font-size: .85em; color: #5a6875; }
            """;

    private HtmlReport() {}

    /**
     * @param setting what was run, for the line under the title
     * @param machine where it ran
     */
    public static String of(List<Measured> results, String setting, String machine) {
        StringBuilder html = new StringBuilder();
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<title>Aquifer against DuckDB</title>\n<style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>Aquifer against DuckDB</h1>\n<p class=\"what\">")
                .append(escaped(setting))
                .append("<br>")
                .append(escaped(machine))
                .append("</p>\n");
        html.append("<h2>Hot: milliseconds from SQL text to last row, median (shorter is better)</h2>\n");
        bars(html, results, false);
        html.append("<h2>Cold: milliseconds from Parquet on local disk, median</h2>\n");
        bars(html, results, true);
        html.append(
                "<h2>Encoded bytes a second, and what memory gives to as many threads (an answer from zone maps reads no values)</h2>\n");
        roofline(html, results);
        table(html, results);
        return html.append("</body></html>\n").toString();
    }

    private static void bars(StringBuilder html, List<Measured> results, boolean cold) {
        double least = Double.MAX_VALUE;
        double most = 0;
        for (Measured result : results) {
            double mine = cold ? result.coldAquiferMillis() : result.aquiferMillis();
            double theirs = cold ? result.coldDuckdbMillis() : result.duckdbMillis();
            least = Math.min(least, Math.min(mine, theirs));
            most = Math.max(most, Math.max(mine, theirs));
        }
        double from = Math.floor(Math.log10(least));
        double to = Math.max(from + 1, Math.ceil(Math.log10(most)));
        int height = TOP + GROUP * results.size() + 24;
        open(html, height);
        legend(html);
        for (double power = from; power <= to; power++) {
            double x = LEFT + (power - from) / (to - from) * (WIDTH - LEFT - RIGHT);
            grid(html, x, height, format(power < 0 ? "%.3g" : "%.0f", Math.pow(10, power)));
        }
        for (int i = 0; i < results.size(); i++) {
            Measured result = results.get(i);
            double mine = cold ? result.coldAquiferMillis() : result.aquiferMillis();
            double theirs = cold ? result.coldDuckdbMillis() : result.duckdbMillis();
            int y = TOP + GROUP * i;
            name(html, result.query().name(), y + BAR + 4);
            bar(html, "a", y, (Math.log10(mine) - from) / (to - from), number(mine));
            String times = String.format(Locale.ROOT, "%s  (%.1f times)", number(theirs), theirs / mine);
            bar(html, "d", y + BAR + 1, (Math.log10(theirs) - from) / (to - from), times);
        }
        html.append("</svg>\n");
    }

    private static void roofline(StringBuilder html, List<Measured> results) {
        double roof = results.stream()
                .mapToDouble(Measured::streamGigabytesPerSecond)
                .max()
                .orElse(1);
        double most = Math.max(
                roof * 1.1,
                results.stream().mapToDouble(Measured::gigabytesPerSecond).max().orElse(1));
        int step = BAR + 11;
        int height = TOP + step * results.size() + 24;
        open(html, height);
        for (double tick = 0; tick <= most; tick += most > 20 ? 10 : most > 8 ? 5 : 1) {
            grid(html, LEFT + tick / most * (WIDTH - LEFT - RIGHT), height, format("%.0f GB/s", tick));
        }
        for (int i = 0; i < results.size(); i++) {
            Measured result = results.get(i);
            int y = TOP + step * i;
            name(html, result.query().name(), y + BAR - 1);
            bar(html, "a", y, result.gigabytesPerSecond() / most, number(result.gigabytesPerSecond()));
        }
        double x = LEFT + roof / most * (WIDTH - LEFT - RIGHT);
        html.append(
                format("<line class=\"m\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", x, x, TOP - 6, height - 20));
        html.append(format("<text x=\"%.1f\" y=\"%d\">memory %s</text></svg>%n", x + 5, TOP - 10, number(roof)));
    }

    private static void open(StringBuilder html, int height) {
        html.append(format(
                "<svg viewBox=\"0 0 %d %d\" width=\"100%%\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\">%n",
                WIDTH, height));
    }

    private static void legend(StringBuilder html) {
        html.append(format("<rect class=\"a\" x=\"%d\" y=\"2\" width=\"11\" height=\"11\"/>", LEFT));
        html.append(format("<text x=\"%d\" y=\"12\">Aquifer</text>", LEFT + 16));
        html.append(format("<rect class=\"d\" x=\"%d\" y=\"2\" width=\"11\" height=\"11\"/>", LEFT + 80));
        html.append(format("<text x=\"%d\" y=\"12\">DuckDB</text>%n", LEFT + 96));
    }

    private static void grid(StringBuilder html, double x, int height, String label) {
        html.append(format(
                "<line class=\"axis\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", x, x, TOP - 6, height - 20));
        html.append(format(
                "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n", x, height - 6, label));
    }

    private static void name(StringBuilder html, String text, int y) {
        html.append(format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 8, y, escaped(text)));
    }

    private static void bar(StringBuilder html, String kind, int y, double share, String label) {
        double width = Math.max(1, share * (WIDTH - LEFT - RIGHT));
        html.append(format(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>", kind, LEFT, y, width, BAR));
        html.append(format("<text x=\"%.1f\" y=\"%d\">%s</text>%n", LEFT + width + 5, y + BAR - 1, label));
    }

    private static void table(StringBuilder html, List<Measured> results) {
        html.append("<h2>Figures</h2>\n<table><tr><th>query</th><th>Aquifer ms</th><th>DuckDB ms</th><th>ratio</th>")
                .append("<th>cold ms</th><th>DuckDB cold</th><th>lake MB</th><th>encoded MB</th><th>wire kB</th>")
                .append("<th>GB/s</th></tr>\n");
        for (Measured result : results) {
            html.append(format(
                    "<tr><td>%s</td><td>%.2f</td><td>%.2f</td><td>%.2f</td><td>%.0f</td><td>%.0f</td><td>%.1f</td>"
                            + "<td>%.1f</td><td>%.1f</td><td>%.1f</td></tr>%n",
                    escaped(result.query().name()),
                    result.aquiferMillis(),
                    result.duckdbMillis(),
                    result.ratio(),
                    result.coldAquiferMillis(),
                    result.coldDuckdbMillis(),
                    result.lakeBytes() / 1e6,
                    result.encodedBytes() / 1e6,
                    result.wireBytes() / 1e3,
                    result.gigabytesPerSecond()));
        }
        html.append("</table>\n<h2>Questions</h2>\n<table>\n");
        for (Measured result : results) {
            html.append(format(
                    "<tr><td>%s</td><td style=\"text-align:left\"><code>%s</code></td></tr>%n",
                    escaped(result.query().name()), escaped(result.query().sql())));
        }
        html.append("</table>\n");
    }

    /** Three digits that matter. */
    private static String number(double value) {
        return value >= 99.95 ? format("%.0f", value) : value >= 9.995 ? format("%.1f", value) : format("%.3g", value);
    }

    /** In no language: a comma is no point to a browser. The annotation would need a library of its own. */
    @SuppressWarnings("AnnotateFormatMethod")
    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
