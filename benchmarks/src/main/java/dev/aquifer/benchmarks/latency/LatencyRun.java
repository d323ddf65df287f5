package dev.aquifer.benchmarks.latency;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
        List<Latency> latencies = new ArrayList<>();
        Map<WayName, Way> ways = new EnumMap<>(WayName.class);
        Deque<Way> opened = new ArrayDeque<>();
        try (Site site = Site.open(nation)) {
            try {
                for (WayName name : names) {
                    Way way = site.way(name);
                    opened.push(way);
                    ways.put(name, way);
                    progress.accept(name.text() + ": warming up");
                    ask(name, way, warmUps);
                }
                ways.forEach((name, way) -> {
                    progress.accept(name.text() + ": measuring");
                    latencies.add(latency(name, ask(name, way, runs)));
                });
            } finally {
                opened.forEach(Way::close);
            }
        }
        return latencies;
    }

    private static Histogram ask(WayName name, Way way, int times) {
        Histogram nanos = new Histogram(DIGITS);
        for (int run = 0; run < times; run++) {
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
