package dev.aquifer.cpu.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.BlockEncoder;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceProvider;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** This device beside the reference, for tests that hold one against the other. */
final class DevicePair {
    private static final Device CPU = device("cpu");
    private static final Device REFERENCE = device("reference");

    private DevicePair() {}

    static Device device(String kind) {
        return ServiceLoader.load(DeviceProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .open()
                .getFirst();
    }

    static Fragment fragment(List<DataType> types, @Nullable Expr filter, List<Expr> projections, Terminal terminal) {
        List<Field> fields = IntStream.range(0, types.size())
                .mapToObj(i -> new Field("c" + i, types.get(i)))
                .toList();
        return new Fragment(fields, filter, projections, terminal);
    }

    static Block encoded(Column column, Encoding encoding) {
        return BlockEncoder.supports(column, encoding)
                ? BlockEncoder.encode(column, encoding, Arena.ofAuto())
                : BlockEncoder.encode(column, Arena.ofAuto());
    }

    static List<String> run(Device device, Fragment fragment, List<Stripe> stripes, ExecutionContext context) {
        CompiledFragment compiled = FragmentCompiler.compile(fragment);
        List<String> rows = new ArrayList<>();
        try (Kernel kernel = device.compile(compiled.program());
                Accumulator accumulator = kernel.open(compiled.arguments(), context)) {
            for (Stripe stripe : stripes) {
                accumulator.run(stripe).forEach(batch -> addRows(batch, rows));
            }
            accumulator.finish().forEach(batch -> addRows(batch, rows));
        }
        return rows;
    }

    private static void addRows(Batch batch, List<String> rows) {
        for (int row = 0; row < batch.rows(); row++) {
            rows.add(batch.row(row).toString());
        }
    }

    /** Both devices give the same rows. */
    static void same(Fragment fragment, List<Stripe> stripes, String what) {
        List<String> expected = run(REFERENCE, fragment, stripes, ExecutionContext.UNBOUNDED);
        List<String> actual = run(CPU, fragment, stripes, ExecutionContext.UNBOUNDED);
        if (fragment.terminal() instanceof Terminal.Aggregate) {
            // Groups come in any order.
            expected = expected.stream().sorted().toList();
            actual = actual.stream().sorted().toList();
        }
        assertEquals(expected, actual, what);
    }
}
