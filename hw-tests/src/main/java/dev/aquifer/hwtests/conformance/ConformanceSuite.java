package dev.aquifer.hwtests.conformance;

import dev.aquifer.hwtests.generate.BorderCases;
import dev.aquifer.hwtests.generate.BorderCases.BorderCase;
import dev.aquifer.hwtests.generate.PrimitiveCases;
import dev.aquifer.hwtests.generate.PrimitiveCases.PrimitiveCase;
import dev.aquifer.hwtests.generate.RandomColumns;
import dev.aquifer.hwtests.generate.RandomFragments;
import dev.aquifer.hwtests.generate.TerminalCases;
import dev.aquifer.hwtests.generate.TerminalCases.TerminalCase;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.device.Support;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Holds a device against the reference: every primitive, aggregate and order by type and encoding, values at the borders of 64 bits,
 * then random fragments, over columns with and without nulls, at the sizes where vectors and stripes end. Results must be the same
 * bits, errors the same code and message, and what a device says it cannot do it must refuse with the reason it gave. It stops when told, and
 * keeps to its memory.
 */
public final class ConformanceSuite {
    /** Random fragments of a usual run. */
    public static final int FRAGMENTS = 600;

    /** One fragment in so many is run over whole stripes. */
    private static final int LARGE_EVERY = 60;

    private static final List<Integer> SMALL_SIZES = List.of(1, 2, 63, 64, 65);
    private static final List<Integer> VECTOR_SIZES = List.of(1_023, 1_024, 1_025, 2_047);
    private static final List<Integer> LARGE_SIZES = List.of(65_535, 65_536);

    private final Device subject;
    private final Differential differential;
    private final long seed;
    private final Predicate<String> wanted;
    private final Consumer<Line> lines;
    private final Coverage coverage = new Coverage();
    private int passed;
    private int unsupported;
    private int failed;

    private ConformanceSuite(
            Device subject, Device reference, long seed, Predicate<String> wanted, Consumer<Line> lines) {
        this.subject = subject;
        this.differential = new Differential(subject, reference);
        this.seed = seed;
        this.wanted = wanted;
        this.lines = lines;
    }

    /**
     * Runs all cases.
     *
     * @param seed of all random choices: the same seed makes the same cases, whichever of them are run
     * @param lines gets the result of each case as it is known
     */
    public static Report run(Device subject, Device reference, long seed, Consumer<Line> lines) {
        return run(subject, reference, seed, FRAGMENTS, name -> true, lines);
    }

    /**
     * Runs some of the cases.
     *
     * @param fragments how many random fragments there are, named {@code fragment 0} and so on
     * @param wanted which cases to run, by name
     */
    public static Report run(
            Device subject,
            Device reference,
            long seed,
            int fragments,
            Predicate<String> wanted,
            Consumer<Line> lines) {
        ConformanceSuite suite = new ConformanceSuite(subject, reference, seed, wanted, lines);
        suite.primitives();
        suite.terminals();
        suite.borders();
        suite.contract();
        suite.fragments(fragments);
        return new Report(suite.passed, suite.unsupported, suite.failed, seed, suite.coverage);
    }

    /**
     * How many cases a run has.
     *
     * @param fragments how many random fragments there are
     * @param wanted which cases to count, by name
     */
    public static int count(Device subject, int fragments, Predicate<String> wanted) {
        AtomicInteger count = new AtomicInteger();
        Predicate<String> counted = name -> {
            if (wanted.test(name)) {
                count.incrementAndGet();
            }
            return false;
        };
        // Names and their order do not depend on the seed.
        run(subject, subject, 0, fragments, counted, line -> {});
        return count.get();
    }

    private void primitives() {
        for (PrimitiveCase each : PrimitiveCases.all(new Random(seed))) {
            List<Field> fields = fields(each.columns());
            Fragment projected = new Fragment(fields, null, List.of(each.expr()), new Terminal.Rows(-1));
            run(Family::of, each.name(), random -> projected, ConformanceSuite::everyEncoding, true);
            if (each.expr().type().equals(DataType.BOOLEAN)) {
                List<Expr> all = IntStream.range(0, fields.size())
                        .<Expr>mapToObj(i -> new Expr.ColumnRef(i, fields.get(i).type()))
                        .toList();
                Fragment filtered = new Fragment(fields, each.expr(), all, new Terminal.Rows(-1));
                run(Family::of, each.name() + " as filter", random -> filtered, ConformanceSuite::everyEncoding, true);
            }
        }
    }

    private void terminals() {
        for (TerminalCase each : TerminalCases.all()) {
            run(Family::of, each.name(), random -> each.fragment(), ConformanceSuite::everyEncoding, true);
            run(
                    Family::of,
                    each.name() + " of no stripes",
                    random -> each.fragment(),
                    (random, types) -> List.of(),
                    true);
        }
    }

    private void borders() {
        for (BorderCase each : BorderCases.all()) {
            run(Family::of, each.name(), random -> each.fragment(), (random, types) -> List.of(each.stripe()), false);
        }
    }

    private void contract() {
        ContractCases.of(subject).forEach((name, test) -> {
            if (wanted.test(name)) {
                String wrong = test.get();
                report(
                        wrong == null ? Line.Status.PASSED : Line.Status.FAILED,
                        Family.CONTRACT,
                        name,
                        wrong == null ? "" : wrong);
            }
        });
    }

    private void fragments(int count) {
        for (int i = 0; i < count; i++) {
            run(
                    program -> Family.RANDOM,
                    "fragment " + i,
                    random -> new RandomFragments(random).fragment(),
                    i % LARGE_EVERY == 0 ? ConformanceSuite::largeStripes : ConformanceSuite::stripes,
                    false);
        }
    }

    private static List<Field> fields(List<DataType> types) {
        return IntStream.range(0, types.size())
                .mapToObj(i -> new Field("c" + i, types.get(i)))
                .toList();
    }

    /** A few stripes of awkward sizes, with gaps between their ordinals. */
    private static List<Stripe> stripes(Random random, List<DataType> types) {
        return List.of(
                stripe(random, random.nextInt(3), any(random, SMALL_SIZES), types),
                stripe(random, 3 + random.nextInt(3), any(random, VECTOR_SIZES), types),
                stripe(random, 6 + random.nextInt(1_000_000), 1 + random.nextInt(300), types));
    }

    /** Whole stripes: with the row that follows, 65,536 or 65,537 rows. */
    private static List<Stripe> largeStripes(Random random, List<DataType> types) {
        return List.of(stripe(random, 0, any(random, LARGE_SIZES), types), stripe(random, 1, 1, types));
    }

    private static Stripe stripe(Random random, long ordinal, int rows, List<DataType> types) {
        return new RandomColumns(random).stripe(ordinal, rows, types);
    }

    /** A stripe for each encoding that any of the types has, of a size that is awkward more often than not. */
    private static List<Stripe> everyEncoding(Random random, List<DataType> types) {
        List<Stripe> stripes = new ArrayList<>();
        long ordinal = random.nextInt(3);
        for (Encoding encoding : Encoding.values()) {
            if (types.isEmpty()
                    || types.stream()
                            .anyMatch(type -> RandomColumns.encodings(type).contains(encoding))) {
                int rows = switch (random.nextInt(4)) {
                    case 0 -> any(random, VECTOR_SIZES);
                    case 1 -> 1 + random.nextInt(300);
                    default -> any(random, SMALL_SIZES);
                };
                stripes.add(new RandomColumns(random).stripe(ordinal, rows, types, encoding));
                ordinal += 1 + random.nextInt(3);
            }
        }
        // Chance may leave nulls out of all of them, and some mistakes show at nulls only.
        stripes.add(new RandomColumns(random).stripeOfHalfNulls(ordinal, 64 + random.nextInt(200), types));
        return stripes;
    }

    private static int any(Random random, List<Integer> sizes) {
        return sizes.get(random.nextInt(sizes.size()));
    }

    /**
     * Every case has random numbers of its own, from the seed and its name, so that it can be run again alone.
     *
     * @param directed whether the case is there to reach what the coverage counts; what chance reaches does not count
     */
    private void run(
            Function<Program, String> family,
            String name,
            Function<Random, Fragment> fragment,
            BiFunction<Random, List<DataType>, List<Stripe>> table,
            boolean directed) {
        if (wanted.test(name)) {
            Random random = new Random(seed * 0x9E37_79B9_7F4A_7C15L + name.hashCode());
            Fragment made = fragment.apply(random);
            run(family, name, made, table.apply(random, made.columnTypes()), 1 + random.nextInt(3), directed);
        }
    }

    private void run(
            Function<Program, String> families,
            String name,
            Fragment fragment,
            List<Stripe> stripes,
            int accumulators,
            boolean directed) {
        Program program = FragmentCompiler.compile(fragment).program();
        String family = families.apply(program);
        Support support = subject.check(program);
        if (!support.supported()) {
            String wrong = refusal(program, support);
            report(
                    wrong == null ? Line.Status.UNSUPPORTED : Line.Status.FAILED,
                    family,
                    name,
                    wrong == null ? String.join("; ", support.reasons()) : wrong);
            return;
        }
        if (directed) {
            coverage.add(program, stripes);
        }
        String difference = differential.difference(fragment, stripes, accumulators);
        if (difference == null) {
            report(Line.Status.PASSED, family, name, "");
        } else {
            String detail = Reproduction.of(differential, fragment, stripes, accumulators, difference);
            report(Line.Status.FAILED, family, name, "seed " + seed + "\n" + detail);
        }
    }

    /** What is wrong with how the device refuses a program it says it cannot run, or null. */
    private @Nullable String refusal(Program program, Support support) {
        try {
            subject.compile(program).close();
        } catch (AquiferException e) {
            String message = String.valueOf(e.getMessage());
            return e.code() == ErrorCode.DEVICE_UNSUPPORTED
                            && message.contains(support.reasons().getFirst())
                    ? null
                    : "refused with " + e.code() + " '" + message + "', not DEVICE_UNSUPPORTED and "
                            + support.reasons();
        }
        return "compiled, though it says: " + support.reasons();
    }

    private void report(Line.Status status, String family, String name, String detail) {
        switch (status) {
            case PASSED -> passed++;
            case UNSUPPORTED -> unsupported++;
            case FAILED -> failed++;
        }
        lines.accept(new Line(status, family, name, detail));
    }
}
