package dev.aquifer.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** A report in one HTML file that needs nothing else. */
public final class Page {
    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 960px; margin: 2em auto; padding: 0 1em; color: #1d2733; }
            h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin-top: 2em; }
            .what { color: #5a6875; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { padding: .25em .6em; text-align: right; border-bottom: 1px solid #dde3e8; }
            th.l, td.l { text-align: left; }
            th { font-weight: 600; color: #5a6875; }
            svg text { font: 12px system-ui, sans-serif; fill: #1d2733; }
            svg .axis { stroke: #dde3e8; } svg .tick { fill: #5a6875; }
            svg .a { fill: #0b7285; } svg .d { fill: #f2b134; } svg .m { stroke: #c92a2a; stroke-width: 2; stroke-dasharray: 5 4; }
            code { font-size: .85em; color: #5a6875; }
            """;

    private final StringBuilder html = new StringBuilder();

    /** @param what lines under the title: what was run, and where */
    public Page(String title, List<String> what) {
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(escaped(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>")
                .append(escaped(title))
                .append("</h1>\n<p class=\"what\">")
                .append(String.join("<br>", what.stream().map(Page::escaped).toList()))
                .append("</p>\n");
    }

    public Page heading(String text) {
        html.append("<h2>").append(escaped(text)).append("</h2>\n");
        return this;
    }

    /** @param svg as {@link BarChart#svg()} gives it */
    public Page picture(String svg) {
        html.append(svg);
        return this;
    }

    /** @param left how many of the first columns stand to the left */
    public Page table(List<String> heads, List<List<String>> rows, int left) {
        html.append("<table>\n");
        if (!heads.isEmpty()) {
            row("th", heads, left);
        }
        rows.forEach(cells -> row("td", cells, left));
        html.append("</table>\n");
        return this;
    }

    private void row(String element, List<String> cells, int left) {
        html.append("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            html.append('<').append(element).append(i < left ? " class=\"l\">" : ">");
            html.append(escaped(cells.get(i))).append("</").append(element).append('>');
        }
        html.append("</tr>\n");
    }

    /** The whole file. */
    public String html() {
        return html + "</body></html>\n";
    }

    /** Three digits that matter. */
    public static String number(double value) {
        return value >= 99.95 ? format("%.0f", value) : value >= 9.995 ? format("%.1f", value) : format("%.3g", value);
    }

    /** In no language: a comma is no point to a browser. The annotation would need a library of its own. */
    @SuppressWarnings("AnnotateFormatMethod")
    public static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
