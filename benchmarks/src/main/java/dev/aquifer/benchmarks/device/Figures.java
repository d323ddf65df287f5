package dev.aquifer.benchmarks.device;

import dev.aquifer.cli.output.OutputFormat;
import dev.aquifer.cli.output.ResultWriter;
import dev.aquifer.cli.output.TextTable;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Measurements as people and programs read them. */
public final class Figures {
    /** A figure with three digits after the point. */
    private static final DataType FIGURE = DataType.decimal(18, 3);

    private record Property(Field field, Function<Measurement, @Nullable Object> value) {}

    private static final List<Property> PROPERTIES = List.of(
            text("device", Measurement::device),
            text("primitive", each -> each.of().primitive()),
            text("type", each -> each.of().type().toString()),
            text("encoding", each -> each.of().encoding().name()),
            whole("bits", each -> each.of().bits() < 0 ? null : (long) each.of().bits()),
            new Property(
                    new Field("selectivity", DataType.FLOAT64),
                    each -> each.of().selectivity()),
            whole("threads", each -> (long) each.threads()),
            whole("rows", Measurement::rows),
            whole("encoded_bytes", Measurement::encodedBytes),
            figure("ns_per_vector", Measurement::nanosPerVector),
            whole("values_per_s", each -> Math.round(each.valuesPerSecond())),
            whole("values_per_s_error", each -> Double.isNaN(each.error()) ? null : (Long) Math.round(each.error())),
            figure("gb_per_s", Measurement::gigabytesPerSecond),
            figure("stream_gb_per_s", Measurement::streamGigabytesPerSecond));

    static final List<String> HEADS = List.of(
            "primitive",
            "type",
            "encoding",
            "bits",
            "selectivity",
            "MB",
            "ns/vector",
            "M values/s",
            "± %",
            "GB/s",
            "memory GB/s");

    private Figures() {}

    private static Property text(String name, Function<Measurement, String> value) {
        return new Property(new Field(name, DataType.VARCHAR), each -> Bytes.utf8(value.apply(each)));
    }

    private static Property whole(String name, Function<Measurement, @Nullable Long> value) {
        return new Property(new Field(name, DataType.INT64), value::apply);
    }

    private static Property figure(String name, Function<Measurement, Double> value) {
        return new Property(
                new Field(name, FIGURE),
                each -> BigDecimal.valueOf(value.apply(each))
                        .setScale(FIGURE.scale(), RoundingMode.HALF_UP)
                        .unscaledValue()
                        .longValueExact());
    }

    public static String of(List<Measurement> measurements, OutputFormat format) throws IOException {
        return switch (format) {
            case TABLE -> table(measurements);
            case CSV, JSON -> written(measurements, format);
        };
    }

    private static String written(List<Measurement> measurements, OutputFormat format) throws IOException {
        StringWriter text = new StringWriter();
        ResultWriter writer = format.writer(text);
        writer.begin(PROPERTIES.stream().map(Property::field).toList());
        List<Column> columns = new ArrayList<>();
        for (Property property : PROPERTIES) {
            ColumnBuilder column = new ColumnBuilder(property.field().type(), measurements.size());
            measurements.forEach(each -> column.append(property.value().apply(each)));
            columns.add(column.build());
        }
        writer.rows(new Batch(measurements.size(), columns));
        writer.end();
        return text.toString();
    }

    private static String table(List<Measurement> measurements) {
        List<Boolean> right = new ArrayList<>();
        HEADS.forEach(head -> right.add(right.size() > 2));
        return TextTable.of(HEADS, right, rows(measurements));
    }

    /** Cells under {@link #HEADS}. */
    static List<List<String>> rows(List<Measurement> measurements) {
        return measurements.stream().map(Figures::row).toList();
    }

    private static List<String> row(Measurement of) {
        Double selectivity = of.of().selectivity();
        return List.of(
                of.of().primitive(),
                of.of().type().toString(),
                of.of().encoding().name(),
                of.of().bits() < 0 ? "" : String.valueOf(of.of().bits()),
                selectivity == null ? "" : number("%.2f", selectivity),
                number("%.1f", of.encodedBytes() / 1e6),
                number("%.1f", of.nanosPerVector()),
                number("%.1f", of.valuesPerSecond() / 1e6),
                Double.isNaN(of.error()) ? "" : number("%.0f", of.errorPercent()),
                number("%.2f", of.gigabytesPerSecond()),
                number("%.1f", of.streamGigabytesPerSecond()));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
