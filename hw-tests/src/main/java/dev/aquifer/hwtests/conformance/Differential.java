package dev.aquifer.hwtests.conformance;

import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.FinalColumn;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.merge.AggregateShape;
import dev.aquifer.spi.merge.Finisher;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One fragment over one table on two devices. */
public final class Differential {
    private final Device subject;
    private final Device reference;

    public Differential(Device subject, Device reference) {
        this.subject = subject;
        this.reference = reference;
    }

    /**
     * What the subject does differently, or null. Where rows or groups fail, the subject must fail too, as one of them does, with
     * the same code and message; and it must give the right result for the rows that do not.
     */
    public @Nullable String difference(Fragment fragment, List<Stripe> stripes, int accumulators) {
        CompiledFragment compiled = FragmentCompiler.compile(fragment);
        Outcome expected = Execution.run(reference, compiled, stripes, 1);
        Outcome actual = Execution.run(subject, compiled, stripes, accumulators);
        String difference = compare(fragment, stripes, expected, actual);
        if (difference == null
                && expected instanceof Outcome.Failed failed
                && failed.code() != ErrorCode.INVALID_ARGUMENT) {
            List<Stripe> rest = Table.withoutFailures(fragment, stripes);
            if (!rest.isEmpty()) {
                return compare(
                        fragment,
                        rest,
                        Execution.run(reference, compiled, rest, 1),
                        Execution.run(subject, compiled, rest, accumulators));
            }
        }
        return difference;
    }

    private @Nullable String compare(Fragment fragment, List<Stripe> stripes, Outcome expected, Outcome actual) {
        return switch (expected) {
            case Outcome.Broken broken -> "the reference itself is broken: " + broken.what();
            case Outcome.Failed failed ->
                switch (actual) {
                    case Outcome.Broken broken -> broken.what();
                    case Outcome.Rows rows ->
                        rows.rows().size() + " rows, where the reference fails with " + describe(failed);
                    case Outcome.Failed other ->
                        other.equals(failed)
                                        || failures(fragment, stripes).contains(other)
                                        || groupFailures(fragment, stripes).contains(other)
                                ? null
                                : "fails with " + describe(other) + ", the reference with " + describe(failed);
                };
            case Outcome.Rows rows ->
                switch (actual) {
                    case Outcome.Broken broken -> broken.what();
                    case Outcome.Rows other -> Outcome.difference(rows, other);
                    case Outcome.Failed failed ->
                        mayFailPastLimit(fragment, stripes, failed)
                                ? null
                                : "fails with " + describe(failed) + ", the reference does not";
                };
        };
    }

    private static String describe(Outcome.Failed failed) {
        return failed.code() + " '" + failed.message() + "'";
    }

    /** Rows past a limit may be evaluated or not. */
    private boolean mayFailPastLimit(Fragment fragment, List<Stripe> stripes, Outcome.Failed failed) {
        if (!(fragment.terminal() instanceof Terminal.Rows rows) || rows.limit() < 0) {
            return false;
        }
        Fragment unlimited =
                new Fragment(fragment.columns(), fragment.filter(), fragment.projections(), new Terminal.Rows(-1));
        return failures(unlimited, stripes).contains(failed);
    }

    /** How single rows fail. */
    private Set<Outcome.Failed> failures(Fragment fragment, List<Stripe> stripes) {
        CompiledFragment compiled = FragmentCompiler.compile(fragment);
        Set<Outcome.Failed> failures = new HashSet<>();
        for (int row = 0; row < Table.rows(stripes); row++) {
            int only = row;
            if (Execution.run(reference, compiled, Table.keep(stripes, each -> each == only), 1)
                    instanceof Outcome.Failed failed) {
                failures.add(failed);
            }
        }
        return failures;
    }

    /** How single groups fail where their first ones are wanted: groups have no order until they are finished. */
    private Set<Outcome.Failed> groupFailures(Fragment fragment, List<Stripe> stripes) {
        Set<Outcome.Failed> failures = new HashSet<>();
        if (fragment.terminal() instanceof Terminal.Aggregate aggregate
                && aggregate.completion() instanceof Completion.Top top) {
            AggregateShape shape = AggregateShape.of(fragment, aggregate);
            Fragment all =
                    new Fragment(fragment.columns(), fragment.filter(), fragment.projections(), aggregate.with(null));
            if (Execution.run(reference, FragmentCompiler.compile(all), stripes, 1) instanceof Outcome.Rows groups) {
                groups.rows().forEach(group -> addFailures(shape, top, group, failures));
            }
        }
        return failures;
    }

    private static void addFailures(
            AggregateShape shape, Completion.Top top, List<@Nullable Object> group, Set<Outcome.Failed> failures) {
        for (Completion.Key key : top.order()) {
            if (key.column() instanceof FinalColumn.Value value) {
                try {
                    Finisher.value(
                            shape.states().get(value.state()),
                            group.get(shape.keys().size() + value.state()));
                } catch (AquiferException e) {
                    failures.add(new Outcome.Failed(e.code(), String.valueOf(e.getMessage())));
                }
            }
        }
    }
}
