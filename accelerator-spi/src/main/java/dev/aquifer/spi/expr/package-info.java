/**
 * Scalar expressions over the columns of one row: the language of fragments. May use {@code error}, {@code type},
 * {@code batch} and {@code block}. SQL text and planner classes must not appear here.
 *
 * <p>Expressions are fully typed, and arguments are already converted: a comparison has equal types on both sides. {@link
 * dev.aquifer.spi.expr.Typing} has the rules, and checks a tree that came from outside.
 */
@NullMarked
package dev.aquifer.spi.expr;

import org.jspecify.annotations.NullMarked;
