package dev.aquifer.cpu.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.BlockEncoder;
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
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.lang.foreign.Arena;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Against the reference device: the filter by the first key, with ties and nulls on both sides. */
class TopNSinkTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());

    private static final DataType WIDE = DataType.decimal(38, 2);
    private static final double[] FLOATS = {
        0.0, -0.0, 1.5, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.MAX_VALUE
    };

    private final Random random = new Random(SEED);

    private static Device device(String kind) {
        return ServiceLoader.load(DeviceProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .open()
                .getFirst();
    }

    private Object value(DataType type, boolean ties) {
        return switch (type.physical()) {
            case LONG -> ties ? (Object) random.nextLong(3) : random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
            case DOUBLE ->
                ties ? FLOATS[random.nextInt(FLOATS.length)] : (Object) Double.longBitsToDouble(random.nextLong());
            case INT128 -> BigInteger.valueOf(random.nextLong(3)).shiftLeft(ties ? 0 : 70 * random.nextInt(2));
            case BOOL, BYTES -> throw new IllegalArgumentException(type.toString());
        };
    }

    private List<Stripe> stripes(DataType type) {
        List<Stripe> stripes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            boolean ties = random.nextBoolean();
            int nullEvery = random.nextInt(3) * 3;
            int rows = 1 + random.nextInt(4_000);
            Supplier<@Nullable Object> values =
                    () -> nullEvery > 0 && random.nextInt(nullEvery) == 0 ? null : value(type, ties);
            ColumnBuilder first = new ColumnBuilder(type, rows);
            ColumnBuilder second = new ColumnBuilder(DataType.INT32, rows);
            for (int row = 0; row < rows; row++) {
                first.append(values.get());
                second.append(random.nextLong(100));
            }
            stripes.add(new Stripe(
                    i,
                    rows,
                    List.of(
                            BlockEncoder.encode(first.build(), Arena.ofAuto()),
                            BlockEncoder.encode(second.build(), Arena.ofAuto()))));
        }
        return stripes;
    }

    private static List<String> run(Device device, Fragment fragment, List<Stripe> stripes) {
        CompiledFragment compiled = FragmentCompiler.compile(fragment);
        List<String> rows = new ArrayList<>();
        try (Kernel kernel = device.compile(compiled.program());
                Accumulator accumulator = kernel.open(compiled.arguments(), ExecutionContext.UNBOUNDED)) {
            // Not in order: a row of a stripe that comes late may win a tie.
            List<Batch> batches = new ArrayList<>();
            for (Stripe stripe : stripes.reversed()) {
                batches.addAll(accumulator.run(stripe));
            }
            batches.addAll(accumulator.finish());
            for (Batch batch : batches) {
                for (int row = 0; row < batch.rows(); row++) {
                    rows.add(batch.row(row).toString());
                }
            }
        }
        return rows;
    }

    @Test
    void firstRowsAreThoseOfTheReference() {
        Device cpu = device("cpu");
        Device reference = device("reference");
        for (DataType type : List.of(DataType.INT64, DataType.FLOAT64, WIDE)) {
            List<Stripe> stripes = stripes(type);
            List<Field> fields = List.of(new Field("a", type), new Field("b", DataType.INT32));
            List<Expr> outputs = List.of(new Expr.ColumnRef(0, type), new Expr.ColumnRef(1, DataType.INT32));
            for (int order = 0; order < 8; order++) {
                List<SortKey> keys = new ArrayList<>(List.of(new SortKey(0, (order & 1) != 0, (order & 2) != 0)));
                if ((order & 4) != 0) {
                    keys.add(new SortKey(1, random.nextBoolean(), false));
                }
                for (int limit : new int[] {1, 10, 300}) {
                    Fragment fragment = new Fragment(fields, null, outputs, new Terminal.TopN(keys, limit));
                    assertEquals(
                            run(reference, fragment, stripes),
                            run(cpu, fragment, stripes),
                            keys + " limit " + limit + ", seed " + SEED);
                }
            }
        }
    }
}
