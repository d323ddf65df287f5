package dev.aquifer.benchmarks.latency;

import dev.aquifer.cli.output.OutputFormat;
import dev.aquifer.cli.output.ResultWriter;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.function.ToLongFunction;

/** Latencies as people and programs read them. */
public final class LatencyFigures {
    /** Milliseconds to the microsecond. */
    private static final DataType MILLIS = DataType.decimal(18, 3);

    private LatencyFigures() {}

    public static String of(List<Latency> latencies, OutputFormat format) throws IOException {
        StringWriter text = new StringWriter();
        ResultWriter writer = format.writer(text);
        writer.begin(List.of(
                new Field("way", DataType.VARCHAR),
                new Field("runs", DataType.INT64),
                millis("median", format),
                millis("p99", format),
                millis("max", format)));
        ColumnBuilder ways = new ColumnBuilder(DataType.VARCHAR, latencies.size());
        ColumnBuilder runs = new ColumnBuilder(DataType.INT64, latencies.size());
        for (Latency latency : latencies) {
            ways.append(Bytes.utf8(latency.way().text()));
            runs.append(latency.runs());
        }
        writer.rows(new Batch(
                latencies.size(),
                List.of(
                        ways.build(),
                        runs.build(),
                        millis(latencies, Latency::medianNanos).build(),
                        millis(latencies, Latency::p99Nanos).build(),
                        millis(latencies, Latency::maxNanos).build())));
        writer.end();
        return text.toString();
    }

    /** Programs get a name without a blank. */
    private static Field millis(String name, OutputFormat format) {
        return new Field(name + (format == OutputFormat.TABLE ? " ms" : "_ms"), MILLIS);
    }

    private static ColumnBuilder millis(List<Latency> latencies, ToLongFunction<Latency> nanos) {
        ColumnBuilder column = new ColumnBuilder(MILLIS, latencies.size());
        latencies.forEach(latency -> column.append(Math.round(nanos.applyAsLong(latency) / 1e3)));
        return column;
    }
}
