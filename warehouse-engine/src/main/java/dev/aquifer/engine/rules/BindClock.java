package dev.aquifer.engine.rules;

import dev.aquifer.engine.sql.SqlTypes;
import dev.aquifer.engine.translate.LiteralTranslator;
import dev.aquifer.spi.type.DataType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** Puts the time in the place of CURRENT_TIMESTAMP and its like: one time for the whole query, in UTC. */
final class BindClock extends RelHomogeneousShuttle {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final RexShuttle expressions;

    private BindClock(RexBuilder builder, long micros) {
        this.expressions = new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                return switch (call.getOperator().getName()) {
                    case "NOW", "CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "CURRENT_DATE" -> literal(builder, call, micros);
                    default -> super.visitCall(call);
                };
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
                return visited.clone(visited.rel.accept(BindClock.this));
            }
        };
    }

    private static RexNode literal(RexBuilder builder, RexCall call, long micros) {
        boolean date = DataType.DATE.equals(SqlTypes.fromSql(call.getType()));
        Object value = date ? (Long) Math.floorDiv(micros, MICROS_PER_DAY) : (Long) micros;
        RexNode literal = LiteralTranslator.toRex(value, call.getType(), builder);
        return literal == null ? call : literal;
    }

    static RelNode apply(RelNode node, Instant now) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        return node.accept(new BindClock(node.getCluster().getRexBuilder(), micros));
    }

    @Override
    public RelNode visit(RelNode node) {
        return super.visit(node).accept(expressions);
    }
}
