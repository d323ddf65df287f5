package dev.aquifer.benchmarks.report;

import java.util.Arrays;

/** A scale of powers of ten. */
public final class PowerScale {
    private final double from;
    private final double to;

    private PowerScale(double from, double to) {
        this.from = from;
        this.to = to;
    }

    /** From the power of ten below the least value to the one above the greatest; values are above 0. */
    public static PowerScale of(double[] values) {
        double from = Math.floor(Math.log10(Arrays.stream(values).min().orElse(1)));
        double to = Math.ceil(Math.log10(Arrays.stream(values).max().orElse(1)));
        return new PowerScale(from, Math.max(from + 1, to));
    }

    /** Where a value lies, 0 to 1. */
    public double share(double value) {
        return (Math.log10(value) - from) / (to - from);
    }

    /** A line at each power. */
    public void grid(BarChart chart) {
        for (double power = from; power <= to; power++) {
            double value = Math.pow(10, power);
            chart.grid(share(value), Page.format(power < 0 ? "%.3g" : "%.0f", value));
        }
    }
}
