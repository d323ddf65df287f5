package dev.aquifer.hwtests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceInfo;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.Support;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.primitive.Sink;
import dev.aquifer.spi.reference.ReferenceDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A suite that no wrong device fails would prove nothing: devices that are wrong in one way must be found out. */
final class SuiteSensitivityTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());

    private static Report run(UnaryOperator<Program> mutation, int fragments, Predicate<String> wanted) {
        try (Device mutant = new MutantDevice(mutation);
                Device reference = new ReferenceDevice()) {
            return ConformanceSuite.run(mutant, reference, SEED, fragments, wanted, line -> {});
        }
    }

    private static UnaryOperator<Program> ops(UnaryOperator<Op> mutation) {
        return program -> new Program(
                program.columns(),
                program.parameters(),
                program.ops().stream().map(mutation).toList(),
                program.filter(),
                program.sink());
    }

    private static UnaryOperator<Program> sink(UnaryOperator<Sink> mutation) {
        return program -> new Program(
                program.columns(),
                program.parameters(),
                program.ops(),
                program.filter(),
                mutation.apply(program.sink()));
    }

    @ParameterizedTest
    @CsvSource({
        "EQUAL,IS_NOT_DISTINCT_FROM",
        "NOT_EQUAL,IS_DISTINCT_FROM",
        "LESS,LESS_OR_EQUAL",
        "LESS_OR_EQUAL,LESS",
        "GREATER,GREATER_OR_EQUAL",
        "GREATER_OR_EQUAL,GREATER",
        "AND,OR",
        "OR,AND",
        "IS_TRUE,IS_NOT_FALSE",
        "IS_NOT_TRUE,IS_FALSE",
        "IS_FALSE,IS_NOT_TRUE",
        "LIKE,ILIKE",
        "ADD,SUBTRACT",
        "SUBTRACT,ADD",
        "MODULO,SUBTRACT",
        "NEGATE,ABS",
        "ABS,NEGATE",
        "FLOOR,CEIL",
        "CEIL,FLOOR",
        "ROUND,FLOOR",
        "EXTRACT_WEEK,EXTRACT_DOW",
        "EXTRACT_DOW,EXTRACT_ISODOW",
        "EXTRACT_MILLISECOND,EXTRACT_SECOND",
        "TRUNCATE_WEEK,TRUNCATE_DAY",
        "TRUNCATE_QUARTER,TRUNCATE_MONTH",
        "UPPER,LOWER",
        "TRIM,LTRIM",
        "RTRIM,TRIM",
    })
    void takesOnePrimitiveForAnother(Primitive right, Primitive wrong) {
        Report report = run(
                ops(op -> op.primitive() == right ? new Op(wrong, op.type(), op.args(), op.mask(), op.index()) : op),
                0,
                name -> name.startsWith(right.name()) && !name.startsWith(right.name() + "_"));
        assertTrue(report.failed() > 0, report.toString());
    }

    @Test
    void swapsArguments() {
        for (Primitive primitive : List.of(Primitive.DAYS_BETWEEN, Primitive.POSITION, Primitive.CONCAT)) {
            Report report = run(
                    ops(op -> op.primitive() == primitive
                            ? new Op(primitive, op.type(), op.args().reversed(), op.mask(), op.index())
                            : op),
                    0,
                    name -> name.startsWith(primitive.name()));
            assertTrue(report.failed() > 0, primitive + ": " + report);
        }
    }

    @Test
    void evaluatesWhatIsMasked() {
        Report report = run(
                ops(op -> new Op(op.primitive(), op.type(), op.args(), -1, op.index())),
                300,
                name -> name.startsWith("fragment"));
        assertTrue(report.failed() > 0, report.toString());
    }

    @Test
    void losesTheFilter() {
        Report report = run(
                program -> new Program(program.columns(), program.parameters(), program.ops(), -1, program.sink()),
                0,
                name -> name.startsWith("LESS INT32"));
        assertTrue(report.failed() > 0, report.toString());
    }

    @Test
    void isWrongInItsSink() {
        UnaryOperator<Program> minForMax = sink(sink -> sink instanceof Sink.Aggregate aggregate
                ? new Sink.Aggregate(
                        aggregate.keys(),
                        aggregate.calls().stream()
                                .map(call -> call.function() == AggregateFunction.MAX
                                        ? new Sink.Call(AggregateFunction.MIN, call.arg(), call.filter())
                                        : call)
                                .toList(),
                        aggregate.completion())
                : sink);
        assertTrue(run(minForMax, 0, name -> name.startsWith("MAX")).failed() > 0);
        UnaryOperator<Program> noFilterClause = sink(sink -> sink instanceof Sink.Aggregate aggregate
                ? new Sink.Aggregate(
                        aggregate.keys(),
                        aggregate.calls().stream()
                                .map(call -> new Sink.Call(call.function(), call.arg(), -1))
                                .toList(),
                        aggregate.completion())
                : sink);
        assertTrue(run(noFilterClause, 0, name -> name.startsWith("SUM")).failed() > 0);
        UnaryOperator<Program> nullsElsewhere = sink(sink -> sink instanceof Sink.TopN top
                ? new Sink.TopN(
                        top.outputs(),
                        top.keys().stream()
                                .map(key -> new SortKey(key.column(), key.descending(), !key.nullsFirst()))
                                .toList(),
                        top.limit())
                : sink);
        assertTrue(run(nullsElsewhere, 0, name -> name.startsWith("TOP by")).failed() > 0);
        UnaryOperator<Program> oneMore = sink(sink -> sink instanceof Sink.Rows rows && rows.limit() >= 0
                ? new Sink.Rows(rows.outputs(), rows.limit() + 1)
                : sink);
        assertTrue(run(oneMore, 0, name -> name.startsWith("LIMIT")).failed() > 0);
    }

    @Test
    void isWrongInItsCompletion() {
        UnaryOperator<Program> oneLess = completion(completion -> completion instanceof Completion.Top top
                ? new Completion.Top(top.order(), top.limit() - 1)
                : completion);
        assertTrue(run(oneLess, 0, name -> name.startsWith("first groups")).failed() > 0);
        UnaryOperator<Program> nullsElsewhere = completion(completion -> completion instanceof Completion.Top top
                ? new Completion.Top(
                        top.order().stream()
                                .map(key -> new Completion.Key(key.column(), key.descending(), !key.nullsFirst()))
                                .toList(),
                        top.limit())
                : completion);
        assertTrue(
                run(nullsElsewhere, 0, name -> name.startsWith("first groups")).failed() > 0);
        UnaryOperator<Program> partial = completion(completion -> null);
        assertTrue(
                run(partial, 0, name -> name.startsWith("groups by distinct")).failed() > 0);
    }

    private static UnaryOperator<Program> completion(UnaryOperator<@Nullable Completion> mutation) {
        return sink(sink -> sink instanceof Sink.Aggregate aggregate && aggregate.completion() != null
                ? new Sink.Aggregate(aggregate.keys(), aggregate.calls(), mutation.apply(aggregate.completion()))
                : sink);
    }

    /** Combines without a look at the stop signal, and does not give back what it asked for. */
    private record Careless(Device reference) implements Device {
        @Override
        public DeviceInfo info() {
            return new DeviceInfo("careless", "");
        }

        @Override
        public Support check(Program program) {
            return Support.YES;
        }

        @Override
        public Kernel compile(Program program) {
            Kernel kernel = reference.compile(program);
            return new Kernel() {
                @Override
                public Program program() {
                    return program;
                }

                @Override
                public Accumulator open(List<Argument> arguments, ExecutionContext context) {
                    return kernel.open(arguments, context);
                }

                @Override
                public List<Batch> combine(List<? extends Accumulator> accumulators, ExecutionContext context) {
                    context.memory().reserve(1);
                    return kernel.combine(accumulators, ExecutionContext.UNBOUNDED);
                }

                @Override
                public void close() {
                    kernel.close();
                }
            };
        }

        @Override
        public void close() {
            reference.close();
        }
    }

    @Test
    void isCarelessWhereItCombines() {
        try (Device reference = new ReferenceDevice();
                Device careless = new Careless(new ReferenceDevice())) {
            for (String name : List.of("stops combining", "combines in its memory")) {
                Report report = ConformanceSuite.run(
                        careless,
                        reference,
                        SEED,
                        0,
                        each -> each.startsWith(name + ": Aggregate")
                                || each.startsWith(name + " when told: Aggregate"),
                        line -> {});
                assertEquals(1, report.failed(), name + ": " + report);
            }
        }
    }

    /** Says no to LIKE, and refuses as it should, or does not. */
    private record Picky(boolean honest, Device reference) implements Device {
        @Override
        public DeviceInfo info() {
            return new DeviceInfo("picky", "");
        }

        @Override
        public Support check(Program program) {
            return program.ops().stream().anyMatch(op -> op.primitive() == Primitive.LIKE)
                    ? new Support(List.of("LIKE: no"))
                    : Support.YES;
        }

        @Override
        public Kernel compile(Program program) {
            if (honest && !check(program).supported()) {
                throw new AquiferException(ErrorCode.DEVICE_UNSUPPORTED, "picky cannot run LIKE: no");
            }
            return reference.compile(program);
        }

        @Override
        public void close() {
            reference.close();
        }
    }

    @Test
    void countsWhatADeviceRefuses() {
        List<Line> lines = new ArrayList<>();
        try (Device reference = new ReferenceDevice()) {
            Report report = ConformanceSuite.run(
                    new Picky(true, new ReferenceDevice()),
                    reference,
                    SEED,
                    0,
                    name -> name.startsWith("LIKE"),
                    lines::add);
            assertTrue(report.ok() && report.unsupported() > 0, report.toString());
            assertEquals("LIKE: no", lines.getFirst().detail());
            Report dishonest = ConformanceSuite.run(
                    new Picky(false, new ReferenceDevice()),
                    reference,
                    SEED,
                    0,
                    name -> name.startsWith("LIKE"),
                    lines::add);
            assertEquals(report.unsupported(), dishonest.failed());
        }
    }
}
