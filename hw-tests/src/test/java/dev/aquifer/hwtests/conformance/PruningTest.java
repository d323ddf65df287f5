package dev.aquifer.hwtests.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.hwtests.generate.RandomColumns;
import dev.aquifer.hwtests.generate.RandomExpressions;
import dev.aquifer.hwtests.generate.RandomValues;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.BlockDecoder;
import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.prune.ZonePruner;
import dev.aquifer.spi.reference.RowEvaluator;
import dev.aquifer.spi.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What zone maps say of random filters, against the rows themselves. */
final class PruningTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());
    private static final int FILTERS = 40_000;

    private int pruned;
    private int always;

    @Test
    void zoneMapsNeverClaimWhatARowContradicts() {
        Random random = new Random(SEED);
        for (int i = 0; i < FILTERS; i++) {
            DataType type = new RandomValues(random).type();
            List<DataType> types = List.of(type, type);
            Stripe stripe = new RandomColumns(random).stripe(0, 1 + random.nextInt(6), types);
            check(new RandomExpressions(random, types).of(DataType.BOOLEAN, 1 + random.nextInt(3)), types, stripe);
        }
        assertTrue(pruned > FILTERS / 100 && always > FILTERS / 100, pruned + " never, " + always + " always");
    }

    private void check(Expr filter, List<DataType> types, Stripe stripe) {
        IntFunction<ZoneMap> zones = column -> stripe.columns().get(column).zoneMap();
        boolean may = ZonePruner.mayMatch(filter, zones);
        boolean must = ZonePruner.alwaysMatches(filter, zones);
        pruned += may ? 0 : 1;
        always += must ? 1 : 0;
        if (may && !must) {
            return;
        }
        RowEvaluator rows;
        try {
            rows = RowEvaluator.of(types, List.of(filter));
        } catch (AquiferException malformed) {
            // A pattern that is an error whatever the rows.
            return;
        }
        for (int row = 0; row < stripe.rows(); row++) {
            @Nullable Object[] values = new @Nullable Object[types.size()];
            for (int column = 0; column < values.length; column++) {
                Block block = stripe.columns().get(column);
                values[column] = BlockDecoder.value(block, row);
            }
            Object matches;
            try {
                matches = rows.evaluate(values)[0];
            } catch (AquiferException failure) {
                // Rows that are skipped raise no errors.
                continue;
            }
            String what = filter + " over " + Arrays.toString(values) + ", seed " + SEED;
            if (must) {
                assertTrue(Boolean.TRUE.equals(matches), () -> "always, but not of " + what);
            } else {
                assertFalse(Boolean.TRUE.equals(matches), () -> "never, but of " + what);
            }
        }
    }
}
