package dev.aquifer.benchmarks.device;

import dev.aquifer.benchmarks.report.BarChart;
import dev.aquifer.benchmarks.report.Page;
import dev.aquifer.benchmarks.report.PowerScale;
import dev.aquifer.benchmarks.report.Roofline;
import java.util.List;

/** Measurements as pictures: values a second on a scale of powers of ten, and bytes a second below what the memory gives. */
public final class PrimitivesPage {
    private static final int LEFT = 330;
    private static final int STEP = BarChart.BAR + 6;
    private static final int TEXT_COLUMNS = 3;

    private PrimitivesPage() {}

    /** @param what lines under the title: what was run, and where */
    public static String of(List<Measurement> measurements, List<String> what) {
        double roof = measurements.stream()
                .mapToDouble(Measurement::streamGigabytesPerSecond)
                .max()
                .orElse(1);
        List<Roofline.Bar> bars = measurements.stream()
                .map(each -> new Roofline.Bar(each.of().id(), each.gigabytesPerSecond()))
                .toList();
        return new Page("Primitives of Aquifer", what)
                .heading("Millions of values a second (longer is better)")
                .picture(values(measurements))
                .heading("Encoded bytes a second, and what memory gives to as many threads")
                .picture(Roofline.of(bars, roof, LEFT))
                .heading("Figures")
                .table(Figures.HEADS, Figures.rows(measurements), TEXT_COLUMNS)
                .html();
    }

    private static String values(List<Measurement> measurements) {
        double[] values = measurements.stream()
                .mapToDouble(each -> each.valuesPerSecond() / 1e6)
                .toArray();
        PowerScale scale = PowerScale.of(values);
        BarChart chart = new BarChart(LEFT, values.length, STEP);
        scale.grid(chart);
        for (int i = 0; i < values.length; i++) {
            chart.name(i, 1, measurements.get(i).of().id());
            chart.bar("a", i, 0, scale.share(values[i]), Page.number(values[i]));
        }
        return chart.svg();
    }
}
