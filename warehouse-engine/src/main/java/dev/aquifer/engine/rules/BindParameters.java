package dev.aquifer.engine.rules;

import dev.aquifer.engine.translate.LiteralTranslator;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/** Puts values in the place of parameters before planning, so that they prune and push as constants do. */
final class BindParameters extends RelHomogeneousShuttle {
    private final RexShuttle expressions;

    private BindParameters(RexBuilder builder, List<DataType> types, List<? extends @Nullable Object> values) {
        this.expressions = new RexShuttle() {
            @Override
            public RexNode visitDynamicParam(RexDynamicParam parameter) {
                int index = parameter.getIndex();
                return literal(builder, types.get(index), values.get(index), parameter.getType());
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
                return visited.clone(visited.rel.accept(BindParameters.this));
            }
        };
    }

    static RelNode apply(RelNode node, List<DataType> types, List<? extends @Nullable Object> values) {
        if (types.size() != values.size()) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the query has " + types.size() + " parameters, " + values.size() + " values were given");
        }
        return types.isEmpty()
                ? node
                : node.accept(new BindParameters(node.getCluster().getRexBuilder(), types, values));
    }

    @Override
    public RelNode visit(RelNode node) {
        return super.visit(node).accept(expressions);
    }

    private static RexNode literal(RexBuilder builder, DataType type, @Nullable Object value, RelDataType sqlType) {
        RexNode constant = LiteralTranslator.toConstant(value, type, sqlType, builder);
        if (constant == null) {
            throw new AquiferException(ErrorCode.INVALID_ARGUMENT, "a parameter's value is not text: " + value);
        }
        return constant;
    }
}
