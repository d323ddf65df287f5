package dev.aquifer.protocol.substrait;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.expr.Typing;
import dev.aquifer.spi.type.DataType;
import io.substrait.proto.Expression;
import io.substrait.proto.FunctionArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Substrait expressions as expression trees over the scanned columns. References to what a projection computed are replaced by
 * the computation. Types are derived, and what the plan declares must agree.
 */
final class ExpressionReader {
    private final PlanLimits limits;
    private final Map<Integer, FunctionName> functions;

    ExpressionReader(PlanLimits limits, Map<Integer, FunctionName> functions) {
        this.limits = limits;
        this.functions = functions;
    }

    /**
     * @param scope the fields of the input row
     * @throws AquiferException INVALID_PLAN, UNKNOWN_FUNCTION, TYPE_MISMATCH, UNSUPPORTED or PLAN_TOO_LARGE
     */
    Sized read(Expression expression, List<Sized> scope) {
        return read(expression, scope, 1);
    }

    private Sized read(Expression expression, List<Sized> scope, int level) {
        // Before going down: the tree may be too deep for the stack.
        if (level > limits.maxDepth()) {
            throw tooDeep();
        }
        return switch (expression.getRexTypeCase()) {
            case LITERAL -> Sized.leaf(PlanLiterals.read(expression.getLiteral()));
            case SELECTION -> scope.get(fieldIndex(expression.getSelection(), scope.size()));
            case SCALAR_FUNCTION -> function(expression.getScalarFunction(), scope, level + 1);
            case IF_THEN -> cases(expression.getIfThen(), scope, level + 1);
            case SINGULAR_OR_LIST -> list(expression.getSingularOrList(), scope, level + 1);
            case CAST -> cast(expression.getCast(), scope, level + 1);
            case REXTYPE_NOT_SET -> throw new AquiferException(ErrorCode.INVALID_PLAN, "an expression is not set");
            case WINDOW_FUNCTION,
                    SWITCH_EXPRESSION,
                    MULTI_OR_LIST,
                    SUBQUERY,
                    NESTED,
                    DYNAMIC_PARAMETER,
                    LAMBDA,
                    LAMBDA_INVOCATION,
                    EXECUTION_CONTEXT_VARIABLE,
                    ENUM ->
                throw new AquiferException(
                        ErrorCode.UNSUPPORTED,
                        "Substrait expression " + expression.getRexTypeCase() + " is not supported");
        };
    }

    /**
     * The position a reference is of.
     *
     * @param fields how many there are
     * @throws AquiferException INVALID_PLAN if it is out of range
     */
    static int fieldIndex(Expression.FieldReference reference, int fields) {
        boolean plain = reference.getReferenceTypeCase() == Expression.FieldReference.ReferenceTypeCase.DIRECT_REFERENCE
                && (reference.getRootTypeCase() == Expression.FieldReference.RootTypeCase.ROOT_REFERENCE
                        || reference.getRootTypeCase() == Expression.FieldReference.RootTypeCase.ROOTTYPE_NOT_SET)
                && reference.getDirectReference().getReferenceTypeCase()
                        == Expression.ReferenceSegment.ReferenceTypeCase.STRUCT_FIELD
                && !reference.getDirectReference().getStructField().hasChild();
        if (!plain) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED, "a field reference that is not a plain column of the input row");
        }
        int field = reference.getDirectReference().getStructField().getField();
        if (field < 0 || field >= fields) {
            throw new AquiferException(
                    ErrorCode.INVALID_PLAN, "field " + field + " is out of range: the row has " + fields + " fields");
        }
        return field;
    }

    /** @throws AquiferException INVALID_PLAN if the plan declares no such function */
    FunctionName declared(int anchor) {
        FunctionName name = functions.get(anchor);
        if (name == null) {
            throw new AquiferException(
                    ErrorCode.INVALID_PLAN, "function anchor " + Integer.toUnsignedString(anchor) + " is not declared");
        }
        return name;
    }

    private Sized function(Expression.ScalarFunction call, List<Sized> scope, int level) {
        FunctionName name = declared(call.getFunctionReference());
        List<String> words = new ArrayList<>();
        List<Sized> args = new ArrayList<>(call.getArgumentsCount());
        for (FunctionArgument argument : call.getArgumentsList()) {
            switch (argument.getArgTypeCase()) {
                case ENUM -> words.add(argument.getEnum());
                case VALUE -> args.add(read(argument.getValue(), scope, level));
                case TYPE, ARGTYPE_NOT_SET ->
                    throw new AquiferException(
                            ErrorCode.INVALID_PLAN,
                            "an argument of " + name + " is " + argument.getArgTypeCase() + ", not a value");
            }
        }
        Function function = FunctionReader.resolve(name, words, call.getOptionsList());
        if (function == Function.CAST) {
            throw new AquiferException(ErrorCode.UNKNOWN_FUNCTION, "a cast is Substrait's Cast, not a function");
        }
        if (function == Function.SUBSTRING && name.urn().equals(Urns.STRING)) {
            args.replaceAll(this::widenIndex);
        }
        return declared(call(function, args), call);
    }

    /** Standard positions have 32 bits, Aquifer's 64. */
    private Sized widenIndex(Sized arg) {
        if (!arg.expr().type().equals(DataType.INT32)) {
            return arg;
        }
        return arg.expr() instanceof Expr.Literal literal
                ? Sized.leaf(new Expr.Literal(DataType.INT64, literal.value()))
                : cast(arg, DataType.INT64);
    }

    /**
     * Holds a call against the type the plan says it has. Substrait's decimals have other precisions than Aquifer's in places; with
     * the same scale no digit differs, and the value is brought into the declared type.
     */
    private Sized declared(Sized call, Expression.ScalarFunction plan) {
        if (!plan.hasOutputType()) {
            return call;
        }
        DataType derived = call.expr().type();
        DataType declared = PlanTypes.read(plan.getOutputType());
        if (declared.equals(derived)) {
            return call;
        }
        if (declared.isDecimal() && derived.isDecimal() && declared.scale() == derived.scale()) {
            return cast(call, declared);
        }
        throw new AquiferException(
                ErrorCode.TYPE_MISMATCH,
                ((Expr.Call) call.expr()).function() + " gives " + derived + ", and the plan says " + declared);
    }

    private Sized cases(Expression.IfThen cases, List<Sized> scope, int level) {
        if (cases.getIfsCount() == 0) {
            throw new AquiferException(ErrorCode.INVALID_PLAN, "an if-then has no clause");
        }
        List<Sized> args = new ArrayList<>(2 * cases.getIfsCount() + 1);
        for (Expression.IfThen.IfClause clause : cases.getIfsList()) {
            args.add(read(clause.getIf(), scope, level));
            args.add(read(clause.getThen(), scope, level));
        }
        args.add(
                cases.hasElse()
                        ? read(cases.getElse(), scope, level)
                        : Sized.leaf(new Expr.Literal(args.get(1).expr().type(), null)));
        return call(Function.CASE, args);
    }

    private Sized list(Expression.SingularOrList list, List<Sized> scope, int level) {
        if (list.getOptionsCount() == 0) {
            throw new AquiferException(ErrorCode.INVALID_PLAN, "a list of options is empty");
        }
        Sized value = read(list.getValue(), scope, level);
        List<Sized> options = new ArrayList<>(list.getOptionsCount());
        boolean literals = true;
        for (Expression option : list.getOptionsList()) {
            Sized read = read(option, scope, level);
            options.add(read);
            literals &= read.expr() instanceof Expr.Literal;
        }
        if (literals) {
            options.addFirst(value);
            return call(Function.IN, options);
        }
        List<Sized> equals = new ArrayList<>(options.size());
        for (Sized option : options) {
            equals.add(call(Function.EQUAL, List.of(value, option)));
        }
        return equals.size() == 1 ? equals.getFirst() : call(Function.OR, equals);
    }

    private Sized cast(Expression.Cast cast, List<Sized> scope, int level) {
        if (cast.getFailureBehavior() == Expression.Cast.FailureBehavior.FAILURE_BEHAVIOR_RETURN_NULL) {
            throw new AquiferException(ErrorCode.UNSUPPORTED, "a cast that gives null where it fails is not supported");
        }
        return cast(read(cast.getInput(), scope, level), PlanTypes.read(cast.getType()));
    }

    private Sized cast(Sized arg, DataType target) {
        if (!Typing.castable(arg.expr().type(), target)) {
            throw new AquiferException(
                    ErrorCode.TYPE_MISMATCH,
                    "there is no cast from " + arg.expr().type() + " to " + target);
        }
        return sized(Expr.cast(arg.expr(), target), List.of(arg));
    }

    Sized call(Function function, List<Sized> args) {
        List<Expr> exprs = args.stream().map(Sized::expr).toList();
        DataType type =
                Typing.resultType(function, exprs.stream().map(Expr::type).toList());
        return sized(new Expr.Call(function, exprs, type), args);
    }

    private Sized sized(Expr expr, List<Sized> args) {
        long nodes = 1;
        int depth = 0;
        for (Sized arg : args) {
            nodes += arg.nodes();
            depth = Math.max(depth, arg.depth());
        }
        if (depth + 1 > limits.maxDepth()) {
            throw tooDeep();
        }
        requireNodes(nodes);
        return new Sized(expr, nodes, depth + 1);
    }

    /** @throws AquiferException PLAN_TOO_LARGE */
    void requireNodes(long nodes) {
        if (nodes > limits.maxNodes()) {
            throw new AquiferException(
                    ErrorCode.PLAN_TOO_LARGE, "the expressions have more than " + limits.maxNodes() + " nodes");
        }
    }

    private AquiferException tooDeep() {
        return new AquiferException(
                ErrorCode.PLAN_TOO_LARGE, "an expression is deeper than " + limits.maxDepth() + " levels");
    }
}
