package dev.aquifer.benchmarks.primitive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.hwtests.conformance.Differential;
import dev.aquifer.service.place.DeviceRegistry;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.reference.ReferenceDevice;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the matrix says of its cases is so. */
class MatrixTest {
    private static final int ROWS = 3_000;
    private static final long SEED = 11;

    private static List<Stripe> stripes(PrimitiveCase of) {
        return CaseStripes.generate(of, 2, ROWS, SEED);
    }

    @Test
    void everyDeviceGivesTheAnswerOfTheReferenceDevice() {
        List<String> differences = new ArrayList<>();
        try (DeviceRegistry devices = DeviceRegistry.open(DeviceRegistry.AUTO);
                Device reference = new ReferenceDevice()) {
            Differential differential = new Differential(devices.device("cpu"), reference);
            for (PrimitiveCase each : Matrix.all()) {
                String difference = differential.difference(each.fragment(), stripes(each), 1);
                if (difference != null) {
                    differences.add(each.id() + ": " + difference);
                }
            }
        }
        assertEquals(List.of(), differences);
    }

    /** A case that fails measures nothing, on whatever device. */
    @Test
    void noCaseFails() {
        try (Device reference = new ReferenceDevice()) {
            for (PrimitiveCase each : Matrix.all()) {
                assertNotNull(run(reference, each.fragment(), stripes(each)), each::id);
            }
        }
    }

    @Test
    void eachCaseHasAnIdOfItsOwn() {
        Set<String> ids = new HashSet<>();
        for (PrimitiveCase each : Matrix.all()) {
            assertTrue(ids.add(each.id()), () -> each.id() + " is there twice");
            assertEquals(each, Matrix.byId(each.id()));
        }
    }

    @Test
    void blocksHaveTheEncodingAndTheBitsOfTheirCase() {
        for (PrimitiveCase each : Matrix.all()) {
            Block block = CaseStripes.generate(each, 1, 65_536, SEED)
                    .getFirst()
                    .columns()
                    .getFirst();
            assertEquals(each.encoding(), block.encoding(), each::id);
            if (each.bits() >= 0) {
                // A dictionary has only values that some row has.
                assertEquals(each.bits(), block.width(), each::id);
            }
        }
    }

    @Test
    void filtersKeepTheShareOfRowsThatTheySay() {
        try (Device reference = new ReferenceDevice()) {
            for (PrimitiveCase each : Matrix.all()) {
                Double share = each.selectivity();
                // In runs few values are drawn, so their share moves more.
                if (share != null && each.fragment().filter() != null && each.encoding() != Encoding.RUN_LENGTH) {
                    double kept = passed(reference, each.fragment(), stripes(each)) / (2.0 * ROWS);
                    assertEquals(share, kept, 0.02, each::id);
                }
            }
        }
    }

    @Test
    void copiesAreTheSameBytesInOtherMemory() {
        PrimitiveCase any = Matrix.all().getFirst();
        List<Stripe> drawn = stripes(any);
        try (Arena arena = Arena.ofConfined()) {
            List<Stripe> copies = CaseStripes.repeat(drawn, 5, arena);
            for (int i = 0; i < 5; i++) {
                Block from = drawn.get(i % 2).columns().getFirst();
                Block to = copies.get(i).columns().getFirst();
                assertEquals(i, copies.get(i).ordinal());
                assertEquals(-1, from.segment().mismatch(to.segment()));
                assertTrue(from.segment().address() != to.segment().address());
            }
        }
    }

    private static long passed(Device device, Fragment fragment, List<Stripe> stripes) {
        AggregateCall count = new AggregateCall(AggregateFunction.COUNT, -1, -1);
        Fragment counted = new Fragment(
                fragment.columns(), fragment.filter(), List.of(), new Terminal.Aggregate(List.of(), List.of(count)));
        List<Batch> batches = run(device, counted, stripes);
        return ((LongColumn) batches.getFirst().column(0)).values()[0];
    }

    private static List<Batch> run(Device device, Fragment fragment, List<Stripe> stripes) {
        CompiledFragment compiled = FragmentCompiler.compile(fragment);
        try (Kernel kernel = device.compile(compiled.program());
                Accumulator accumulator = kernel.open(compiled.arguments(), ExecutionContext.UNBOUNDED)) {
            stripes.forEach(accumulator::run);
            return kernel.combine(List.of(accumulator), ExecutionContext.UNBOUNDED);
        }
    }
}
