package dev.aquifer.engine.execute;

import dev.aquifer.engine.catalog.TableColumn;
import dev.aquifer.engine.client.NodeChannel;
import dev.aquifer.engine.plan.Finish;
import dev.aquifer.engine.plan.FragmentNode;
import dev.aquifer.engine.plan.Work;
import dev.aquifer.engine.rules.ExprText;
import dev.aquifer.engine.rules.PushSort;
import dev.aquifer.engine.sql.AquiferTable;
import dev.aquifer.protocol.proto.DeviceRefusal;
import dev.aquifer.protocol.proto.PlanResponse;
import dev.aquifer.spi.compile.FragmentCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * EXPLAIN: the plan as a tree, one operator a line; under each table access what is pushed, what stays, what is not pushed and
 * why, how much is read and returned, and where it runs.
 */
public final class Explain {
    private final AccessRunner runner;
    private final LocalDevices devices;
    private final List<String> lines = new ArrayList<>();

    private Explain(AccessRunner runner, LocalDevices devices) {
        this.runner = runner;
        this.devices = devices;
    }

    /** The lines of a plan. Asks the nodes that it would run on. */
    public static List<String> lines(RelNode plan, AccessRunner runner, LocalDevices devices) {
        Explain explain = new Explain(runner, devices);
        explain.add(plan, 0);
        return explain.lines;
    }

    private void add(RelNode node, int depth) {
        String indent = "  ".repeat(depth);
        if (node instanceof FragmentNode fragment) {
            AquiferTable table = fragment.table();
            RelNode input = fragment.input();
            if (table != null) {
                access(fragment, table, indent);
            } else if (input != null) {
                if (FragmentOperator.passes(fragment.work())) {
                    add(input, depth);
                    return;
                }
                String work = WorkText.of(fragment.work(), true);
                lines.add(indent + "engine: " + work + device(fragment.work()));
                add(input, depth + 1);
            }
            return;
        }
        lines.add(indent + text(node));
        for (RelNode input : node.getInputs()) {
            add(input, depth + 1);
        }
    }

    private String device(Work work) {
        return FragmentOperator.permutes(work) ? "" : " [" + device("auto", work) + "]";
    }

    /** The engine's device for a fragment that it runs, as it runs it: whole. */
    private String device(String asked, Work work) {
        return devices.choose(
                        asked, FragmentCompiler.compile(work.wholeFragment()).program())
                .info()
                .name();
    }

    private static String text(RelNode node) {
        return switch (node) {
            case Join join ->
                "engine: " + join.getJoinType().lowerName + " join on "
                        + ExprText.of(
                                join.getCondition(),
                                SqlValidatorUtil.deriveJoinRowType(
                                        join.getLeft().getRowType(),
                                        join.getRight().getRowType(),
                                        JoinRelType.INNER,
                                        join.getCluster().getTypeFactory(),
                                        null,
                                        List.of()));
            case Sort sort ->
                "engine:"
                        + (sort.getCollation().getFieldCollations().isEmpty()
                                ? ""
                                : " sort "
                                        + WorkText.keys(
                                                PushSort.keys(sort),
                                                sort.getRowType().getFieldNames()))
                        + (sort.offset == null ? "" : " offset " + PushSort.count(sort.offset, 0))
                        + (sort.fetch == null ? "" : " limit " + PushSort.count(sort.fetch, 0));
            case SetOp set -> "engine: " + set.kind.lowerName + (set.all ? " all" : "");
            case Filter filter ->
                "engine: filter "
                        + ExprText.of(filter.getCondition(), filter.getInput().getRowType()) + " [generated code]";
            case Project project ->
                "engine: project "
                        + project.getProjects().stream()
                                .map(expression -> ExprText.of(
                                        expression, project.getInput().getRowType()))
                                .toList()
                        + " [generated code]";
            default -> "engine: " + node.getRelTypeName().replace("Logical", "").toLowerCase(Locale.ROOT);
        };
    }

    private void access(FragmentNode node, AquiferTable table, String indent) {
        Access access = Access.of(table.snapshot(), node.work());
        Decision decision = runner.decide(access);
        String in = indent + "  ";
        lines.add(indent + "scan " + table.snapshot().name() + " ("
                + table.snapshot().files().size() + " files, "
                + table.snapshot().rows() + " rows, " + table.snapshot().location() + ")");
        boolean whole = !decision.push() || NodeRequests.areWhole(decision.plans());
        String work = WorkText.of(node.work(), whole);
        if (decision.push()) {
            lines.add(in + "pushed: " + work);
        }
        Finish finish = node.work().finish();
        if (!whole && finish != null && finish.distinct() != null) {
            lines.add(in + "residual: distinct values of the last key");
        }
        node.residual().forEach(line -> lines.add(in + "residual: " + line));
        if (!decision.push()) {
            lines.add(in + "not pushed: " + work + ": " + decision.reason());
        }
        node.notPushed().forEach(line -> lines.add(in + "not pushed: " + line));
        for (TableColumn column : table.snapshot().columns()) {
            if (column.type() == null) {
                lines.add(in + "not readable: column " + column.name() + ": " + column.unsupportedReason());
            }
        }
        long pruned = access.stripesPruned();
        for (PlanResponse plan : decision.plans().values()) {
            pruned += plan.getStripesPruned();
        }
        lines.add(in + "stripes: " + access.stripesTotal() + " total, " + pruned + " pruned");
        lines.add(in + "expected: " + expected(access, decision));
        if (decision.push()) {
            decision.plans().forEach((channel, plan) -> addNode(in, channel, plan));
            lines.add(in + "why: " + decision.reason());
        } else {
            lines.add(in + "device: " + device(runner.device(), node.work()) + " of the engine");
        }
    }

    private void addNode(String in, NodeChannel node, PlanResponse plan) {
        String reasons = plan.getReasonsList().isEmpty() ? "" : ": " + String.join("; ", plan.getReasonsList());
        lines.add(in + "device: " + plan.getDevice() + " of node " + node + reasons);
        for (DeviceRefusal refusal : plan.getRefusedList()) {
            lines.add(in + "device " + refusal.getDevice() + " not chosen: "
                    + String.join("; ", refusal.getReasonsList()));
        }
    }

    private static String expected(Access access, Decision decision) {
        String returned = "returns about " + access.returnedBytes() + " bytes";
        if (decision.push() && !decision.plans().isEmpty()) {
            long memory = 0;
            long ssd = 0;
            long lake = 0;
            for (Map.Entry<NodeChannel, PlanResponse> plan : decision.plans().entrySet()) {
                memory += plan.getValue().getBytesInMemory();
                ssd += plan.getValue().getBytesOnSsd();
                lake += plan.getValue().getBytesInLake();
            }
            return "reads " + (memory + ssd + lake) + " bytes (" + memory + " in memory, " + ssd + " on SSD, " + lake
                    + " in the lake), " + returned + "; fetching the columns would move " + access.columnBytes()
                    + " bytes";
        }
        return "reads " + access.columnBytes() + " bytes in the lake, " + returned;
    }
}
