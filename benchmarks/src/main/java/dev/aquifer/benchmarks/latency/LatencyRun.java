package dev.aquifer.benchmarks.latency;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Warms all ways up, then times each, one question after another. Each answer is checked, in the warm-up and after, outside of
 * the time that is taken.
 */
public final class LatencyRun {
    private static final int DIGITS = 3;

    private final int warmUps;
    private final int runs;
    private final Consumer<String> progress;

    /**
     * @param warmUps questions by each way before any is timed
     * @param runs questions by each way that are timed
     * @param progress told what is done
     */
    public LatencyRun(int warmUps, int runs, Consumer<String> progress) {
        this.warmUps = warmUps;
        this.runs = runs;
        this.progress = progress;
    }

    /**
     * @param nation the location of TPC-H's table nation
     * @throws AquiferException INTERNAL where an answer is wrong
     */
    public List<Latency> measure(List<WayName> names, String nation) {
        Map<WayName, Way> ways = new EnumMap<>(WayName.class);
        List<Latency> latencies = new ArrayList<>();
        try (Site site = new Site(nation)) {
            try {
                for (WayName name : names) {
                    ways.put(name, site.way(name));
                }
                ways.forEach((name, way) -> {
                    progress.accept(name.text() + ": warming up");
                    Histogram _ = times(name, way, warmUps);
                });
                ways.forEach((name, way) -> {
                    progress.accept(name.text() + ": measuring");
                    latencies.add(latency(name, times(name, way, runs)));
                });
            } finally {
                ways.values().forEach(Way::close);
            }
        }
        return latencies;
    }

    private static Histogram times(WayName name, Way way, int count) {
        Histogram nanos = new Histogram(DIGITS);
        for (int run = 0; run < count; run++) {
            long start = System.nanoTime();
            long answer = way.ask();
            nanos.recordValue(System.nanoTime() - start);
            if (answer != Way.NATIONS) {
                throw new AquiferException(
                        ErrorCode.INTERNAL,
                        name.text() + ": a region has " + Way.NATIONS + " nations, and the answer was " + answer);
            }
        }
        return nanos;
    }

    private static Latency latency(WayName name, Histogram nanos) {
        return new Latency(
                name,
                nanos.getTotalCount(),
                nanos.getValueAtPercentile(50),
                nanos.getValueAtPercentile(99),
                nanos.getMaxValue());
    }
}
