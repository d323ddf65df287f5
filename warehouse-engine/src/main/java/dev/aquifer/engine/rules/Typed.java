package dev.aquifer.engine.rules;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.type.DataType;

/** Expressions of a wanted type. */
final class Typed {
    private Typed() {}

    static Expr as(Expr expr, DataType type) {
        return expr.type().equals(type) ? expr : Expr.cast(expr, type);
    }
}
