package dev.aquifer.engine.plan;

import dev.aquifer.engine.sql.AquiferTable;
import dev.aquifer.engine.sql.SqlTypes;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/**
 * A fragment as a plan node. Over a table of the lake it is what is pushed to nodes; over another node the same work is
 * done in the engine, by the same programs on the engine's own device.
 */
public final class FragmentNode extends AbstractRelNode {
    private final @Nullable AquiferTable table;
    private @Nullable RelNode input;
    private final Work work;
    private final List<String> residual;
    private final List<String> notPushed;

    private FragmentNode(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelDataType rowType,
            @Nullable AquiferTable table,
            @Nullable RelNode input,
            Work work,
            List<String> residual,
            List<String> notPushed) {
        super(cluster, traits);
        this.rowType = rowType;
        this.table = table;
        this.input = input;
        this.work = work;
        this.residual = List.copyOf(residual);
        this.notPushed = List.copyOf(notPushed);
    }

    /** All rows of a table. */
    public static FragmentNode scan(RelNode scan, AquiferTable table) {
        return new FragmentNode(
                scan.getCluster(),
                scan.getTraitSet(),
                scan.getRowType(),
                table,
                null,
                Work.scan(table.snapshot().fields()),
                List.of(),
                List.of());
    }

    /** All rows of another node, as a place for engine work to grow on. */
    public static FragmentNode over(RelNode input) {
        List<Field> columns = new ArrayList<>();
        for (RelDataTypeField field : input.getRowType().getFieldList()) {
            columns.add(new Field(field.getName(), SqlTypes.require(field.getType())));
        }
        return new FragmentNode(
                input.getCluster(),
                input.getTraitSet(),
                input.getRowType(),
                null,
                input,
                Work.scan(columns),
                List.of(),
                List.of());
    }

    /** The table, or null where the rows come from {@link #input()}. */
    public @Nullable AquiferTable table() {
        return table;
    }

    public @Nullable RelNode input() {
        return input;
    }

    public Work work() {
        return work;
    }

    /** Filters that stay in the engine, as EXPLAIN shows them. */
    public List<String> residual() {
        return residual;
    }

    /** What was not pushed, and why. */
    public List<String> notPushed() {
        return notPushed;
    }

    public FragmentNode with(Work newWork, RelDataType newRowType) {
        return new FragmentNode(getCluster(), traitSet, newRowType, table, input, newWork, residual, notPushed);
    }

    public FragmentNode withResidual(String line) {
        return new FragmentNode(getCluster(), traitSet, rowType, table, input, work, plus(residual, line), notPushed);
    }

    public FragmentNode withNotPushed(String line) {
        return notPushed.contains(line)
                ? this
                : new FragmentNode(
                        getCluster(), traitSet, rowType, table, input, work, residual, plus(notPushed, line));
    }

    private static List<String> plus(List<String> lines, String line) {
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        return more;
    }

    @Override
    public List<RelNode> getInputs() {
        return input == null ? List.of() : List.of(input);
    }

    @Override
    public void replaceInput(int ordinal, RelNode newInput) {
        if (ordinal != 0 || input == null) {
            throw new IndexOutOfBoundsException("input " + ordinal);
        }
        input = newInput;
        recomputeDigest();
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new FragmentNode(
                getCluster(),
                traits,
                getRowType(),
                table,
                inputs.isEmpty() ? null : inputs.getFirst(),
                work,
                residual,
                notPushed);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        super.explainTerms(writer);
        if (table != null) {
            writer.item("table", table.snapshot().name());
        } else if (input != null) {
            writer.input("input", input);
        }
        return writer.item("work", work);
    }

    @Override
    public double estimateRowCount(RelMetadataQuery metadata) {
        double rows = table != null ? table.snapshot().rows() : input == null ? 0 : metadata.getRowCount(input);
        if (work.filter() != null) {
            rows *= 0.25;
        }
        return switch (work.terminal()) {
            case Terminal.Rows limited -> limited.limit() < 0 ? rows : Math.min(rows, (double) limited.limit());
            case Terminal.TopN top -> Math.min(rows, (double) top.limit());
            case Terminal.Aggregate aggregate -> aggregate.keys().isEmpty() ? 1 : Math.max(1, rows / 10);
        };
    }
}
