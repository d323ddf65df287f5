package dev.aquifer.engine.rules;

import dev.aquifer.engine.catalog.DataFile;
import dev.aquifer.engine.catalog.TableSnapshot;
import dev.aquifer.engine.sql.AquiferTable;
import dev.aquifer.lake.parquet.LakeColumn;
import dev.aquifer.lake.parquet.RowGroup;
import dev.aquifer.spi.block.ZoneMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelColumnOrigin;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * How many rows joins are expected to give: the product of their sides, over the number of distinct values of each key. That
 * number is at most the rows of the key's table, and for numbers at most the width of the range that zone maps tell.
 */
final class Estimates {
    private static final double UNKNOWN_CONDITION = 0.3;

    private final List<Double> rows = new ArrayList<>();
    /** By field over all leaves. */
    private final List<Double> distinct = new ArrayList<>();

    Estimates(List<RelNode> leaves) {
        for (RelNode leaf : leaves) {
            RelMetadataQuery metadata = leaf.getCluster().getMetadataQuery();
            double count = Math.max(1, metadata.getRowCount(leaf));
            rows.add(count);
            for (int i = 0; i < leaf.getRowType().getFieldCount(); i++) {
                distinct.add(distinctValues(metadata.getColumnOrigin(leaf, i), count));
            }
        }
    }

    double leafRows(int leaf) {
        return rows.get(leaf);
    }

    /** Expected rows of a join on conditions over all fields. */
    double joined(
            double leftRows,
            Set<Integer> leftLeaves,
            double rightRows,
            Set<Integer> rightLeaves,
            List<RexNode> conditions) {
        if (leftLeaves.isEmpty() || rightLeaves.isEmpty()) {
            throw new IllegalArgumentException("a side of a join has no relations");
        }
        double result = leftRows * rightRows;
        for (RexNode condition : conditions) {
            result *= selectivity(condition, leftRows, rightRows);
        }
        return Math.max(1, result);
    }

    private double selectivity(RexNode condition, double leftRows, double rightRows) {
        if (condition.getKind() == SqlKind.EQUALS
                && condition instanceof RexCall call
                && call.getOperands().get(0) instanceof RexInputRef left
                && call.getOperands().get(1) instanceof RexInputRef right) {
            return 1 / Math.max(1, Math.max(distinct.get(left.getIndex()), distinct.get(right.getIndex())));
        }
        return condition.getKind() == SqlKind.EQUALS
                ? 1 / Math.max(1, Math.max(leftRows, rightRows))
                : UNKNOWN_CONDITION;
    }

    private static double distinctValues(@Nullable RelColumnOrigin origin, double leafRows) {
        if (origin == null || origin.isDerived()) {
            return leafRows;
        }
        AquiferTable table = origin.getOriginTable().unwrap(AquiferTable.class);
        if (table == null) {
            return leafRows;
        }
        String column =
                table.snapshot().fields().get(origin.getOriginColumnOrdinal()).name();
        // Not the rows that pass the leaf's filter: keys that were filtered away still are in the other table.
        return Math.min((double) table.snapshot().rows(), range(table.snapshot(), column));
    }

    /** The number of integers between the least and the greatest value; infinite where zone maps do not tell. */
    private static double range(TableSnapshot table, String name) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (DataFile file : table.files()) {
            List<LakeColumn> columns = file.footer().columns();
            for (int i = 0; i < columns.size(); i++) {
                if (!columns.get(i).name().equals(name)) {
                    continue;
                }
                for (RowGroup group : file.footer().rowGroups()) {
                    ZoneMap zone = group.chunks().get(i).zoneMap();
                    if (zone == null || !(zone.min() instanceof Long low) || !(zone.max() instanceof Long high)) {
                        return Double.POSITIVE_INFINITY;
                    }
                    min = Math.min(min, low);
                    max = Math.max(max, high);
                }
            }
        }
        return min > max ? Double.POSITIVE_INFINITY : (double) max - min + 1;
    }
}
