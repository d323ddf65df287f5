package dev.aquifer.hwtests.conformance;

import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import java.util.List;

/** Makes a failing case small: fewer projections, then fewer rows, as long as it still fails. */
final class Reproduction {
    private static final int MAX_RUNS = 150;
    private static final int SHOWN_ROWS = 8;

    private final Differential differential;
    private Fragment fragment;
    private List<Stripe> stripes;
    private int accumulators;
    private String difference;
    private int runs;

    private Reproduction(
            Differential differential, Fragment fragment, List<Stripe> stripes, int accumulators, String difference) {
        this.differential = differential;
        this.fragment = fragment;
        this.stripes = stripes;
        this.accumulators = accumulators;
        this.difference = difference;
    }

    /** Several lines: what differs, program, constants, rows. */
    static String of(
            Differential differential, Fragment fragment, List<Stripe> stripes, int accumulators, String difference) {
        Reproduction reproduction = new Reproduction(differential, fragment, stripes, accumulators, difference);
        reproduction.shrink();
        return reproduction.text();
    }

    private String text() {
        CompiledFragment compiled = FragmentCompiler.compile(fragment);
        return difference + "\nfragment " + fragment + "\n" + compiled.program().listing() + "arguments "
                + compiled.arguments() + ", accumulators " + accumulators + "\n" + Table.show(stripes, SHOWN_ROWS);
    }

    private void shrink() {
        accept(fragment, stripes, 1);
        if (fragment.terminal() instanceof Terminal.Rows) {
            for (Expr projection : List.copyOf(fragment.projections())) {
                Fragment single =
                        new Fragment(fragment.columns(), fragment.filter(), List.of(projection), fragment.terminal());
                if (fragment.projections().size() > 1 && accept(single, stripes, accumulators)) {
                    break;
                }
            }
        }
        // Drop ever smaller pieces: halves, quarters, and at last single rows.
        int piece = Math.max(1, Table.rows(stripes) / 2);
        while (runs < MAX_RUNS) {
            boolean smaller = false;
            for (int from = 0; from < Table.rows(stripes) && runs < MAX_RUNS; ) {
                int first = from;
                int end = from + piece;
                List<Stripe> rest = Table.keep(stripes, row -> row < first || row >= end);
                if (!rest.isEmpty() && accept(fragment, rest, accumulators)) {
                    smaller = true;
                } else {
                    from += piece;
                }
            }
            if (piece == 1 && !smaller) {
                return;
            }
            piece = Math.max(1, piece / 2);
        }
    }

    /** Takes a smaller case if it fails too. */
    private boolean accept(Fragment smaller, List<Stripe> fewer, int count) {
        runs++;
        String still = differential.difference(smaller, fewer, count);
        if (still == null) {
            return false;
        }
        fragment = smaller;
        stripes = fewer;
        accumulators = count;
        difference = still;
        return true;
    }
}
