package dev.aquifer.protocol.substrait;

import dev.aquifer.spi.expr.Expr;

/**
 * An expression with its size as a tree. Projections over projections share parts, so that a short plan can stand for a huge tree;
 * knowing the size without walking it keeps that from being walked.
 *
 * @param nodes nodes of the tree, at least 1; saturated
 * @param depth levels of the tree, at least 1
 */
record Sized(Expr expr, long nodes, int depth) {
    static Sized leaf(Expr expr) {
        return new Sized(expr, 1, 1);
    }
}
