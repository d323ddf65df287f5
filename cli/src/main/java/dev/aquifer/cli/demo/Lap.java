package dev.aquifer.cli.demo;

import dev.aquifer.cli.output.ByteSize;
import dev.aquifer.cli.output.Durations;
import dev.aquifer.engine.execute.AccessStats;
import dev.aquifer.engine.session.QueryStats;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * One run of one query.
 *
 * @param name which run it was: cold, restarted, hot or pulled
 * @param time from the statement to the last row
 * @param stats what it cost
 * @param answer the rows, as CSV
 */
record Lap(String name, Duration time, QueryStats stats, String answer) {
    static final List<String> COLUMNS = List.of(
            "query",
            "run",
            "time",
            "device",
            "stripes",
            "pruned",
            "in the lake",
            "from S3",
            "from SSD",
            "over gRPC",
            "saved");
    static final List<Boolean> RIGHT = List.of(false, false, true, false, true, true, true, true, true, true, true);

    /** A row of the table at the end. */
    List<String> row(String query) {
        return List.of(
                query,
                name,
                Durations.text(time),
                devices(),
                String.valueOf(sum(AccessStats::stripesTotal)),
                String.valueOf(sum(AccessStats::stripesPruned)),
                ByteSize.text(stats.columnBytes()),
                ByteSize.text(stats.lakeBytes()),
                ByteSize.text(sum(AccessStats::ssdBytes)),
                isPushed() ? ByteSize.text(stats.wireBytes()) : "-",
                isPushed() ? factor() : "-");
    }

    boolean isPushed() {
        return stats.accesses().stream().allMatch(AccessStats::pushed);
    }

    private long sum(ToLongFunction<AccessStats> value) {
        return stats.accesses().stream().mapToLong(value).sum();
    }

    private String devices() {
        return stats.accesses().stream()
                .map(AccessStats::device)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
    }

    /** How many times the bytes that came over the wire fetching the columns would have moved. */
    private String factor() {
        if (stats.wireBytes() == 0) {
            return "-";
        }
        double factor = (double) stats.columnBytes() / stats.wireBytes();
        return String.format(Locale.ROOT, factor < 10 ? "%.1f x" : "%,.0f x", factor);
    }
}
