package dev.aquifer.engine.execute;

import dev.aquifer.engine.translate.ExprTranslator;
import dev.aquifer.engine.translate.NotTranslatable;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/** A join's condition taken apart: equalities of one side's expression with the other's are keys, the rest is tested. */
final class JoinCompiler {
    private final int leftFields;
    private final List<Expr> leftKeys = new ArrayList<>();
    private final List<Expr> rightKeys = new ArrayList<>();
    private final List<Boolean> nullsEqual = new ArrayList<>();
    private final List<Expr> tests = new ArrayList<>();

    private JoinCompiler(int leftFields) {
        this.leftFields = leftFields;
    }

    static Operator compile(Join join) {
        JoinOperator.Kind kind = switch (join.getJoinType()) {
            case INNER -> JoinOperator.Kind.INNER;
            case LEFT -> JoinOperator.Kind.LEFT;
            case RIGHT -> JoinOperator.Kind.RIGHT;
            case FULL -> JoinOperator.Kind.FULL;
            case SEMI -> JoinOperator.Kind.SEMI;
            case ANTI -> JoinOperator.Kind.ANTI;
            default ->
                throw new AquiferException(ErrorCode.UNSUPPORTED, join.getJoinType() + " joins are not supported");
        };
        Operator left = PlanCompiler.compile(join.getLeft());
        Operator right = PlanCompiler.compile(join.getRight());
        JoinCompiler parts = new JoinCompiler(left.types().size());
        List<Expr> columns = new ArrayList<>();
        for (DataType type : left.types()) {
            columns.add(new Expr.ColumnRef(columns.size(), type));
        }
        for (DataType type : right.types()) {
            columns.add(new Expr.ColumnRef(columns.size(), type));
        }
        ExprTranslator translator = new ExprTranslator(join.getCluster().getRexBuilder(), columns);
        List<RexNode> above = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            try {
                parts.add(translator.translate(conjunct));
            } catch (NotTranslatable e) {
                if (kind != JoinOperator.Kind.INNER) {
                    throw new AquiferException(
                            ErrorCode.UNSUPPORTED,
                            "a join that keeps rows without partner cannot be on " + conjunct + ": " + e.reason(),
                            e);
                }
                above.add(conjunct);
            }
        }
        Operator joined = new JoinOperator(
                left,
                right,
                kind,
                parts.leftKeys,
                parts.rightKeys,
                parts.nullsEqual,
                parts.test(),
                PlanCompiler.types(join.getRowType()));
        return above.isEmpty()
                ? joined
                : CalciteOperator.filter(
                        joined,
                        join.getRowType(),
                        LogicalFilter.create(
                                join,
                                RexUtil.composeConjunction(join.getCluster().getRexBuilder(), above)));
    }

    private void add(Expr conjunct) {
        if (conjunct instanceof Expr.Call call
                && (call.function() == Function.EQUAL || call.function() == Function.IS_NOT_DISTINCT_FROM)) {
            Expr first = call.arg(0);
            Expr second = call.arg(1);
            boolean nulls = call.function() == Function.IS_NOT_DISTINCT_FROM;
            if (isOf(first, true) && isOf(second, false)) {
                addKey(first, second, nulls);
                return;
            }
            if (isOf(first, false) && isOf(second, true)) {
                addKey(second, first, nulls);
                return;
            }
        }
        tests.add(conjunct);
    }

    private void addKey(Expr left, Expr right, boolean nulls) {
        leftKeys.add(left);
        rightKeys.add(shifted(right));
        nullsEqual.add(nulls);
    }

    /** Whether an expression reads columns of one side, at least one, and none of the other. */
    private boolean isOf(Expr expr, boolean left) {
        List<Integer> columns = new ArrayList<>();
        collect(expr, columns);
        return !columns.isEmpty() && columns.stream().allMatch(column -> column < leftFields == left);
    }

    private static void collect(Expr expr, List<Integer> columns) {
        switch (expr) {
            case Expr.ColumnRef ref -> columns.add(ref.index());
            case Expr.Literal literal -> {}
            case Expr.Call call -> call.args().forEach(arg -> collect(arg, columns));
        }
    }

    private Expr shifted(Expr expr) {
        return switch (expr) {
            case Expr.ColumnRef ref -> new Expr.ColumnRef(ref.index() - leftFields, ref.type());
            case Expr.Literal literal -> literal;
            case Expr.Call call ->
                new Expr.Call(
                        call.function(), call.args().stream().map(this::shifted).toList(), call.type());
        };
    }

    private @Nullable Expr test() {
        boolean always = tests.stream()
                .allMatch(test -> test instanceof Expr.Literal literal && Boolean.TRUE.equals(literal.value()));
        if (always) {
            return null;
        }
        return tests.size() == 1 ? tests.getFirst() : Expr.call(Function.AND, tests.toArray(Expr[]::new));
    }
}
