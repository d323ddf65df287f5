package dev.aquifer.benchmarks.report;

import java.util.List;

/** How near figures come to what the memory gives. */
public final class Roofline {
    private static final int STEP = BarChart.BAR + 11;

    /** Bars end at so many times the roof: one that headers alone answer must not make all others too short to see. */
    private static final double LONGEST = 3;

    /** One bar, in 10^9 bytes a second. */
    public record Bar(String name, double gigabytesPerSecond) {}

    private Roofline() {}

    /**
     * @param left pixels for the names
     * @param roof what memory gave, in 10^9 bytes a second
     */
    public static String of(List<Bar> bars, double roof, int left) {
        double greatest =
                bars.stream().mapToDouble(Bar::gigabytesPerSecond).max().orElse(1);
        double most = Math.min(Math.max(roof * 1.1, greatest), roof * LONGEST);
        BarChart chart = new BarChart(left, bars.size(), STEP);
        for (double tick = 0; tick <= most; tick += most > 100 ? 50 : most > 20 ? 10 : most > 8 ? 5 : 1) {
            chart.grid(tick / most, Page.format("%.0f GB/s", tick));
        }
        for (int i = 0; i < bars.size(); i++) {
            double value = bars.get(i).gigabytesPerSecond();
            chart.name(i, 1, bars.get(i).name());
            chart.bar("a", i, 0, Math.min(1, value / most), Page.number(value));
        }
        chart.mark(roof / most, "memory " + Page.number(roof));
        return chart.svg();
    }
}
