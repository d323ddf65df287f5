package dev.aquifer.engine.rules;

import dev.aquifer.engine.sql.CheckedQuery;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.rules.AggregateExpandDistinctAggregatesRule;
import org.apache.calcite.rel.rules.AggregateReduceFunctionsRule;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.PruneEmptyRules;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/** The way from a checked query to the plan that runs. */
public final class Optimizer {
    private static final List<RelOptRule> SUBQUERIES = List.of(
            CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
            CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
            CoreRules.JOIN_SUB_QUERY_TO_CORRELATE);

    private static final List<RelOptRule> AGGREGATES = List.of(
            AggregateReduceFunctionsRule.Config.DEFAULT
                    .withOperandFor(LogicalAggregate.class)
                    .withFunctionsToReduce(
                            EnumSet.of(SqlKind.STDDEV_POP, SqlKind.STDDEV_SAMP, SqlKind.VAR_POP, SqlKind.VAR_SAMP))
                    .withExtraCondition(AggregateCall::isDistinct)
                    .toRule(),
            CoreRules.AGGREGATE_GROUPING_SETS_TO_UNION,
            AggregateExpandDistinctAggregatesRule.Config.JOIN
                    .withOperandSupplier(operand -> operand.operand(LogicalAggregate.class)
                            .predicate(Optimizer::hasSeveralDistincts)
                            .anyInputs())
                    .as(AggregateExpandDistinctAggregatesRule.Config.class)
                    .toRule());

    private static final List<RelOptRule> SIMPLIFY = List.of(
            CoreRules.FILTER_MERGE,
            CoreRules.FILTER_PROJECT_TRANSPOSE,
            CoreRules.FILTER_INTO_JOIN,
            CoreRules.JOIN_CONDITION_PUSH,
            CoreRules.FILTER_AGGREGATE_TRANSPOSE,
            CoreRules.FILTER_SET_OP_TRANSPOSE,
            CoreRules.PROJECT_MERGE,
            CoreRules.PROJECT_REMOVE,
            CoreRules.UNION_MERGE,
            PruneEmptyRules.FILTER_INSTANCE,
            PruneEmptyRules.PROJECT_INSTANCE,
            PruneEmptyRules.SORT_INSTANCE,
            PruneEmptyRules.SORT_FETCH_ZERO_INSTANCE,
            PruneEmptyRules.UNION_INSTANCE,
            PruneEmptyRules.AGGREGATE_INSTANCE,
            PruneEmptyRules.JOIN_LEFT_INSTANCE,
            PruneEmptyRules.JOIN_RIGHT_INSTANCE);

    private static final List<RelOptRule> WINDOWS = List.of(CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW);

    private static final List<RelOptRule> TIDY =
            List.of(CoreRules.PROJECT_MERGE, CoreRules.PROJECT_REMOVE, CoreRules.AGGREGATE_PROJECT_MERGE);

    private Optimizer() {}

    /**
     * Plans a query. Plans of one checked query are made one after the other: they share its planner objects, which remember what
     * they know of a plan and are no thread's but one's.
     *
     * @param parameters physical values of its parameters
     */
    public static RelNode plan(CheckedQuery query, List<? extends @Nullable Object> parameters) {
        synchronized (query) {
            return planned(query, parameters);
        }
    }

    private static RelNode planned(CheckedQuery query, List<? extends @Nullable Object> parameters) {
        try {
            RelNode node = BindParameters.apply(query.logical(), query.parameters(), parameters);
            node = BindClock.apply(node, Instant.now());
            RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(node.getCluster(), null);
            node = run(node, SUBQUERIES);
            node = RelDecorrelator.decorrelateQuery(node, builder);
            node = FoldConstants.apply(node);
            node = FactorDisjunctions.apply(node);
            node = run(node, AGGREGATES);
            node = run(node, SIMPLIFY);
            node = JoinOrder.apply(node);
            node = run(node, SIMPLIFY);
            node = run(node, WINDOWS);
            node = new RelFieldTrimmer(null, builder).trim(node);
            node = run(node, TIDY);
            return PushDown.apply(node);
        } catch (UnsupportedOperationException e) {
            throw new AquiferException(ErrorCode.UNSUPPORTED, "the planner cannot do this: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new AquiferException(ErrorCode.INVALID_QUERY, "the query is nested too deeply", e);
        }
    }

    private static RelNode run(RelNode node, List<RelOptRule> rules) {
        HepProgramBuilder program = HepProgram.builder().addMatchOrder(HepMatchOrder.BOTTOM_UP);
        program.addRuleCollection(rules);
        HepPlanner planner = new HepPlanner(program.build());
        planner.setExecutor(node.getCluster().getPlanner().getExecutor());
        planner.setRoot(node);
        return planner.findBestExp();
    }

    /** Whether an aggregation has DISTINCT over more than one argument, for which one grouping is not enough. */
    private static boolean hasSeveralDistincts(Aggregate aggregate) {
        Set<List<Integer>> arguments = new HashSet<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            boolean extreme = call.getAggregation().getKind() == SqlKind.MIN
                    || call.getAggregation().getKind() == SqlKind.MAX;
            if (call.isDistinct() && !extreme) {
                List<Integer> key = new java.util.ArrayList<>(call.getArgList());
                key.add(call.filterArg);
                arguments.add(key);
                if (call.getArgList().size() > 1) {
                    return true;
                }
            }
        }
        return arguments.size() > 1;
    }
}
