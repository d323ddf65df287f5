package dev.aquifer.protocol.substrait;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.SortKey;
import io.substrait.proto.AggregateFunction;
import io.substrait.proto.Expression;
import io.substrait.proto.FetchRel;
import io.substrait.proto.SortField;

/** The small parts of fetches, sorts and measures. */
final class Fetches {
    private Fetches() {}

    /** The deprecated number is what older producers still write. */
    @SuppressWarnings("deprecation")
    static void requireNoOffset(FetchRel fetch) {
        long offset = switch (fetch.getOffsetModeCase()) {
            case OFFSET -> fetch.getOffset();
            case OFFSET_EXPR -> number(fetch.getOffsetExpr(), 0);
            case OFFSETMODE_NOT_SET -> 0;
        };
        if (offset != 0) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED, "a fetch with offset " + offset + ": a node does not see all rows");
        }
    }

    /** How many rows, -1 for all. */
    @SuppressWarnings("deprecation")
    static long count(FetchRel fetch) {
        long count = switch (fetch.getCountModeCase()) {
            case COUNT -> fetch.getCount();
            case COUNT_EXPR -> number(fetch.getCountExpr(), -1);
            case COUNTMODE_NOT_SET -> -1;
        };
        if (count < -1 || count == -1 && fetch.hasCountExpr() && !isNull(fetch.getCountExpr())) {
            throw new AquiferException(ErrorCode.INVALID_PLAN, "a fetch of " + count + " rows");
        }
        return count;
    }

    private static boolean isNull(Expression expression) {
        return expression.getLiteral().hasNull();
    }

    private static long number(Expression expression, long whenNull) {
        if (expression.hasLiteral()) {
            Expr.Literal literal = PlanLiterals.read(expression.getLiteral());
            if (literal.type().isInteger()) {
                return literal.value() == null ? whenNull : (Long) literal.value();
            }
        }
        throw new AquiferException(ErrorCode.UNSUPPORTED, "a fetch whose bounds are not integer literals");
    }

    static SortKey key(SortField field, int position) {
        if (!field.hasDirection()) {
            throw new AquiferException(ErrorCode.UNSUPPORTED, "a sort key without a direction");
        }
        return switch (field.getDirection()) {
            case SORT_DIRECTION_ASC_NULLS_FIRST -> new SortKey(position, false, true);
            case SORT_DIRECTION_ASC_NULLS_LAST -> new SortKey(position, false, false);
            case SORT_DIRECTION_DESC_NULLS_FIRST -> new SortKey(position, true, true);
            case SORT_DIRECTION_DESC_NULLS_LAST -> new SortKey(position, true, false);
            case SORT_DIRECTION_UNSPECIFIED, SORT_DIRECTION_CLUSTERED, UNRECOGNIZED ->
                throw new AquiferException(
                        ErrorCode.UNSUPPORTED, "the sort direction " + field.getDirection() + " is not supported");
        };
    }

    /** What Aquifer's partial aggregates cannot do: distinct values, an order of their own, other overflow than an error. */
    static void checkMeasure(AggregateFunction plan) {
        if (plan.getInvocation() == AggregateFunction.AggregationInvocation.AGGREGATION_INVOCATION_DISTINCT) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED, "an aggregate of distinct values: group by the values instead");
        }
        if (plan.getSortsCount() > 0) {
            throw new AquiferException(ErrorCode.UNSUPPORTED, "an aggregate with an order of its own");
        }
        plan.getOptionsList().forEach(option -> {
            boolean known = option.getName().equalsIgnoreCase("overflow")
                    && option.getPreferenceList().stream().anyMatch("ERROR"::equalsIgnoreCase);
            if (!known) {
                throw new AquiferException(
                        ErrorCode.UNSUPPORTED, "an aggregate is asked for " + option.getName() + " other than ERROR");
            }
        });
    }
}
