/**
 * Primitive programs: what a fragment is compiled to, and what every device lowers to its own form. May use {@code
 * error}, {@code type}, {@code batch}, {@code block}, {@code expr} and {@code fragment}.
 *
 * <p>{@link dev.aquifer.spi.primitive.Primitive} is the one table of operations; their exact semantics are the reference
 * device (package {@code reference}).
 */
@NullMarked
package dev.aquifer.spi.primitive;

import org.jspecify.annotations.NullMarked;
