package dev.aquifer.hwtests.conformance;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.BlockDecoder;
import dev.aquifer.spi.block.BlockEncoder;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.reference.RowEvaluator;
import dev.aquifer.spi.type.DataType;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Cuts stripes down to some of their rows, each block kept in its encoding where that can hold what is left. */
final class Table {
    private Table() {}

    static int rows(List<Stripe> stripes) {
        return stripes.stream().mapToInt(Stripe::rows).sum();
    }

    /** The stripes with those rows that the predicate wants, rows counted over all stripes; none is left empty. */
    static List<Stripe> keep(List<Stripe> stripes, IntPredicate wanted) {
        List<Stripe> kept = new ArrayList<>();
        int before = 0;
        for (Stripe stripe : stripes) {
            List<Integer> rows = new ArrayList<>();
            for (int i = 0; i < stripe.rows(); i++) {
                if (wanted.test(before + i)) {
                    rows.add(i);
                }
            }
            before += stripe.rows();
            if (rows.size() == stripe.rows()) {
                kept.add(stripe);
            } else if (!rows.isEmpty()) {
                List<Block> blocks = stripe.columns().stream()
                        .map(block -> select(block, rows))
                        .toList();
                kept.add(new Stripe(stripe.ordinal(), rows.size(), blocks));
            }
        }
        return kept;
    }

    private static Block select(Block block, List<Integer> rows) {
        ColumnBuilder builder = new ColumnBuilder(block.type(), rows.size());
        rows.forEach(row -> builder.append(BlockDecoder.value(block, row)));
        Column column = builder.build();
        return BlockEncoder.supports(column, block.encoding())
                ? BlockEncoder.encode(column, block.encoding(), Arena.ofAuto())
                : BlockEncoder.encode(column, Arena.ofAuto());
    }

    /** The rows for which neither the filter nor, where it is true, any projection fails. */
    static List<Stripe> withoutFailures(Fragment fragment, List<Stripe> stripes) {
        List<DataType> types = fragment.columnTypes();
        Expr condition = fragment.filter();
        RowEvaluator filter = condition == null ? null : RowEvaluator.of(types, List.of(condition));
        RowEvaluator projections = RowEvaluator.of(types, fragment.projections());
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Stripe stripe : stripes) {
            for (int i = 0; i < stripe.rows(); i++) {
                @Nullable Object[] row = new @Nullable Object[types.size()];
                for (int column = 0; column < row.length; column++) {
                    row[column] = BlockDecoder.value(stripe.columns().get(column), i);
                }
                rows.add(row);
            }
        }
        return keep(stripes, row -> succeeds(filter, projections, rows.get(row)));
    }

    private static boolean succeeds(@Nullable RowEvaluator filter, RowEvaluator projections, @Nullable Object[] row) {
        try {
            if (filter == null || Boolean.TRUE.equals(filter.evaluate(row)[0])) {
                projections.evaluate(row);
            }
            return true;
        } catch (AquiferException e) {
            return false;
        }
    }

    /** Rows as text, for a reproduction. */
    static String show(List<Stripe> stripes, int most) {
        StringBuilder text = new StringBuilder();
        int shown = 0;
        for (Stripe stripe : stripes) {
            text.append("stripe ")
                    .append(stripe.ordinal())
                    .append(", ")
                    .append(stripe.columns())
                    .append('\n');
            for (int i = 0; i < stripe.rows() && shown < most; i++, shown++) {
                List<@Nullable Object> row = new ArrayList<>();
                for (Block block : stripe.columns()) {
                    row.add(BlockDecoder.value(block, i));
                }
                text.append("  row ").append(i).append(": ").append(row).append('\n');
            }
        }
        return text.toString();
    }
}
