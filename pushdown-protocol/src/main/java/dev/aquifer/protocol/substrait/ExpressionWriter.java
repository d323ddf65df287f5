package dev.aquifer.protocol.substrait;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.DataType;
import io.substrait.proto.Expression;
import io.substrait.proto.FunctionArgument;
import java.util.List;

/** Expression trees as Substrait expressions. One for each plan. */
final class ExpressionWriter {
    private final PlanLimits limits;
    private final Declarations declarations;
    private int nodes;

    ExpressionWriter(PlanLimits limits, Declarations declarations) {
        this.limits = limits;
        this.declarations = declarations;
    }

    /** A column of the input, by position. */
    static Expression field(int index) {
        return Expression.newBuilder()
                .setSelection(Expression.FieldReference.newBuilder()
                        .setDirectReference(Expression.ReferenceSegment.newBuilder()
                                .setStructField(Expression.ReferenceSegment.StructField.newBuilder()
                                        .setField(index)))
                        .setRootReference(Expression.FieldReference.RootReference.getDefaultInstance()))
                .build();
    }

    static Expression literal(Expr.Literal literal) {
        return Expression.newBuilder()
                .setLiteral(PlanLiterals.write(literal.type(), literal.value()))
                .build();
    }

    /** @throws AquiferException PLAN_TOO_LARGE where the tree is deeper, or all trees so far larger, than nodes accept */
    Expression write(Expr expr) {
        return write(expr, 1);
    }

    private Expression write(Expr expr, int depth) {
        if (depth > limits.maxDepth()) {
            throw new AquiferException(
                    ErrorCode.PLAN_TOO_LARGE, "an expression is deeper than " + limits.maxDepth() + " levels");
        }
        if (++nodes > limits.maxNodes()) {
            throw new AquiferException(
                    ErrorCode.PLAN_TOO_LARGE, "the expressions have more than " + limits.maxNodes() + " nodes");
        }
        return switch (expr) {
            case Expr.ColumnRef ref -> field(ref.index());
            case Expr.Literal literal -> literal(literal);
            case Expr.Call call -> call(call, depth + 1);
        };
    }

    private Expression call(Expr.Call call, int depth) {
        List<Expr> args = call.args();
        if (call.function() == Function.CAST) {
            return Expression.newBuilder()
                    .setCast(Expression.Cast.newBuilder()
                            .setType(PlanTypes.write(call.type()))
                            .setInput(write(call.arg(0), depth))
                            .setFailureBehavior(Expression.Cast.FailureBehavior.FAILURE_BEHAVIOR_THROW_EXCEPTION))
                    .build();
        }
        if (call.function() == Function.IN) {
            Expression.SingularOrList.Builder list =
                    Expression.SingularOrList.newBuilder().setValue(write(call.arg(0), depth));
            for (Expr option : args.subList(1, args.size())) {
                list.addOptions(write(option, depth));
            }
            return Expression.newBuilder().setSingularOrList(list).build();
        }
        if (call.function() == Function.CASE) {
            Expression.IfThen.Builder cases = Expression.IfThen.newBuilder().setElse(write(args.getLast(), depth));
            for (int i = 0; i + 1 < args.size(); i += 2) {
                cases.addIfs(Expression.IfThen.IfClause.newBuilder()
                        .setIf(write(args.get(i), depth))
                        .setThen(write(args.get(i + 1), depth)));
            }
            return Expression.newBuilder().setIfThen(cases).build();
        }
        return function(call, depth);
    }

    private Expression function(Expr.Call call, int depth) {
        Signature signature = FunctionTable.signature(call.function(), call.args(), call.type());
        boolean narrowIndexes =
                call.function() == Function.SUBSTRING && signature.urn().equals(Urns.STRING);
        Expression.ScalarFunction.Builder out = Expression.ScalarFunction.newBuilder()
                .setFunctionReference(declarations.anchor(signature.urn(), signature.name()))
                .addAllOptions(signature.options())
                .setOutputType(PlanTypes.write(call.type()));
        for (String word : signature.enums()) {
            out.addArguments(FunctionArgument.newBuilder().setEnum(word));
        }
        for (int i = 0; i < call.args().size(); i++) {
            Expr arg = call.args().get(i);
            if (narrowIndexes && i > 0 && arg instanceof Expr.Literal index) {
                arg = new Expr.Literal(DataType.INT32, index.value());
            }
            out.addArguments(FunctionArgument.newBuilder().setValue(write(arg, depth)));
        }
        return Expression.newBuilder().setScalarFunction(out).build();
    }
}
