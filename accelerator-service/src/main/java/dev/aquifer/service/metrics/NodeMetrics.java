package dev.aquifer.service.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** The counters and gauges of one node. Thread-safe; counting is cheap enough for every block. */
public final class NodeMetrics implements AutoCloseable {
    private final Map<Counter, LongAdder> counters = new EnumMap<>(Counter.class);
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    public NodeMetrics() {
        for (Counter counter : Counter.values()) {
            LongAdder adder = new LongAdder();
            counters.put(counter, adder);
            FunctionCounter.builder(counter.metricName(), adder, LongAdder::doubleValue)
                    .description(counter.help())
                    .register(registry);
        }
    }

    public void count(Counter counter) {
        add(counter, 1);
    }

    public void add(Counter counter, long amount) {
        Objects.requireNonNull(counters.get(counter)).add(amount);
    }

    public long value(Counter counter) {
        return Objects.requireNonNull(counters.get(counter)).sum();
    }

    /** Registers something that goes up and down. The name is dotted words, without {@code aquifer.}. */
    public void gauge(String name, String help, LongSupplier value) {
        Gauge.builder("aquifer." + name, value::getAsLong).description(help).register(registry);
    }

    /** All metrics in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
